package foyer.embedded;

/**
 * What is published for a client that leaves without a word.
 *
 * @param delay milliseconds after the loss of the connection (MQTT 5 §3.1.3.2.2)
 */
record Will(Message message, long delay) {}
