package foyer.broker;

/** The suite against Mosquitto with our configuration. */
final class MosquittoTest extends BrokerSuite {

  @Override
  BrokerUnderTest start() {
    return new MosquittoUnderTest();
  }
}
