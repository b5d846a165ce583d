package foyer.broker;

/**
 * A message as a client got it.
 *
 * @param again with the DUP flag
 */
record Heard(String topic, String text, int qos, boolean retained, boolean again) {}
