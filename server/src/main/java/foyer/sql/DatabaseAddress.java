package foyer.sql;

/**
 * Where a PostgreSQL database is and who signs in to it.
 *
 * @param host name or IP address
 * @param port TCP port
 * @param database name of the database
 * @param user role that signs in
 * @param password its password
 */
public record DatabaseAddress(
    String host, int port, String database, String user, String password) {

  /** The same server and role, another database. */
  public DatabaseAddress withDatabase(String name) {
    return new DatabaseAddress(host, port, name, user, password);
  }

  /** The address as the PostgreSQL JDBC driver wants it, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** The address without the password, fit for a log. */
  @Override
  public String toString() {
    return user + "@" + host + ":" + port + "/" + database;
  }
}
