package foyer.broker;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;

/** Speaks TLS on loopback for a program that does not: passes on what it has deciphered. */
final class TlsFront implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final NetClient client = vertx.createNetClient();
  private final NetServer server;

  /**
   * Opens a free port.
   *
   * @param certificate folder with server.crt and server.key
   * @param behind the port of that program
   */
  TlsFront(Path certificate, int behind) {
    PemKeyCertOptions own =
        new PemKeyCertOptions()
            .addCertPath(certificate.resolve("server.crt").toString())
            .addKeyPath(certificate.resolve("server.key").toString());
    NetServerOptions options = new NetServerOptions().setSsl(true).setKeyCertOptions(own);
    server =
        vertx
            .createNetServer(options.setHost("127.0.0.1").setPort(0))
            .connectHandler(socket -> join(socket, behind))
            .listen()
            .await();
  }

  /** The port that it took. */
  int port() {
    return server.actualPort();
  }

  private void join(NetSocket outside, int behind) {
    outside.pause();
    client
        .connect(behind, "127.0.0.1")
        .onFailure(refused -> outside.close())
        .onSuccess(
            inside -> {
              outside.pipeTo(inside);
              inside.pipeTo(outside);
            });
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
