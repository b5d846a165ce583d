package foyer.bench;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;

/** An event loop to call one's own, from a thread that is none. */
final class Loop extends VerticleBase {

  private Loop() {}

  /** The context of an event loop, the next in turn. */
  static Context of(Vertx vertx) {
    Loop loop = new Loop();
    Wait.result(vertx.deployVerticle(loop));
    return loop.context;
  }

  @Override
  public Future<?> start() {
    return Future.succeededFuture();
  }
}
