package foyer.embedded;

/**
 * Who asks to come in; client id and user name are equal, the broker has checked that.
 *
 * @param clientId the credential's id
 * @param username the same
 * @param password as sent, UTF-8
 */
public record SignIn(String clientId, String username, String password) {

  /** Without the password, so that a log never holds it. */
  @Override
  public String toString() {
    return "SignIn[" + clientId + "]";
  }
}
