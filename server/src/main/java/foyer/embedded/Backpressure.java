package foyer.embedded;

import io.netty.channel.ChannelFuture;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.impl.MqttEndpointImpl;
import java.lang.reflect.Field;

/**
 * Tells whether a client reads what it is sent. {@link MqttEndpoint} has no such question, and
 * answers (to pings, subscriptions, publications) would pile up without bound for a client that
 * never reads, so this looks at the endpoint's socket.
 */
final class Backpressure {

  private static final Field SOCKET = socketField();

  private final NetSocketInternal socket;

  private Backpressure(NetSocketInternal socket) {
    this.socket = socket;
  }

  static Backpressure of(MqttEndpoint endpoint) {
    try {
      return new Backpressure((NetSocketInternal) SOCKET.get(endpoint));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether about 64 KiB wait to be read by the client. */
  boolean full() {
    return socket.writeQueueFull();
  }

  /** Takes no more packets from the client. */
  void stopReading() {
    socket.channelHandlerContext().channel().config().setAutoRead(false);
  }

  /** Takes packets again. */
  void goOnReading() {
    socket.channelHandlerContext().channel().config().setAutoRead(true);
  }

  /** Calls back when the client has read most of what waited. */
  void whenDrained(Runnable action) {
    socket.drainHandler(v -> action.run());
  }

  /** Closes at once, without waiting for the client to read. */
  void sever() {
    ChannelFuture _ = socket.channelHandlerContext().channel().close();
  }

  private static Field socketField() {
    try {
      Field field = MqttEndpointImpl.class.getDeclaredField("conn");
      field.setAccessible(true);
      return field;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("Vert.x MQTT keeps its socket elsewhere now", e);
    }
  }
}
