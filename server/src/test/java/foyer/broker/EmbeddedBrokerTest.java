package foyer.broker;

/** The suite against the broker inside the process. */
final class EmbeddedBrokerTest extends BrokerSuite {

  @Override
  BrokerUnderTest start() {
    return new EmbeddedUnderTest();
  }
}
