package foyer.device;

import foyer.wire.TopicRights;

/**
 * Somebody who may connect to a broker.
 *
 * @param id client id and user name
 * @param password derived or random, never chosen by a person
 * @param rights its topics
 */
public record Credential(String id, String password, TopicRights rights) {

  /** Without the password, so that a log never holds it. */
  @Override
  public String toString() {
    return "Credential[" + id + ", " + rights + "]";
  }
}
