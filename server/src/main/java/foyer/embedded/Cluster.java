package foyer.embedded;

import foyer.sql.CannotStart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The files of one PostgreSQL cluster in a data folder.
 *
 * @param data the data folder
 * @param programs the unpacked programs
 * @param user as whom they run
 */
record Cluster(Path data, Path programs, PostgresUser user) {

  private static final FileAttribute<Set<PosixFilePermission>> OURS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> FOLDER_OURS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /**
   * Opens the cluster of the data folder, making it where there is none; a half made one is thrown
   * away.
   *
   * @param durable whether the new files are forced to the disk
   */
  static Cluster open(Path data, Path programs, boolean durable) throws IOException {
    var cluster = new Cluster(data, programs, PostgresUser.find(data));
    Path version = cluster.files().resolve("PG_VERSION");
    if (!Files.exists(version)) {
      cluster.make(durable);
    }
    String major = Files.readString(version).strip();
    if (!major.equals(PostgresBinaries.MAJOR)) {
      throw new CannotStart(
          "the data folder "
              + data
              + " holds a database of PostgreSQL "
              + major
              + ", this Foyer runs "
              + PostgresBinaries.MAJOR
              + ": start the version of Foyer that made it, or choose another folder with --data DIR");
    }
    cluster.user().own(cluster.files());
    return cluster;
  }

  /** What PostgreSQL calls its data directory. */
  Path files() {
    return files(data);
  }

  static Path files(Path data) {
    return data.resolve("postgres");
  }

  /** What PostgreSQL says. */
  Path log() {
    return data.resolve("postgres.log");
  }

  /** The port of the last start. */
  Path port() {
    return data.resolve("postgres.port");
  }

  /** One of the programs. */
  String program(String name) {
    return programs.resolve("bin").resolve(name).toString();
  }

  /** The password of both roles. */
  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  /** Says in one line why PostgreSQL does not run in this folder. */
  static CannotStart cannotStart(Path data, String why, Throwable cause) {
    if (why.contains("No space left on device")) {
      return new CannotStart(
          "the disk of "
              + data
              + " is full: free some space, or choose another folder with --data DIR",
          cause);
    }
    return new CannotStart(
        "PostgreSQL does not start in " + data + " (" + why + "); see " + data + "/postgres.log",
        cause);
  }

  private void make(boolean durable) throws IOException {
    Path workshop = data.resolve("postgres.new");
    Folders.delete(workshop);
    Files.createDirectory(workshop, FOLDER_OURS_ALONE);
    Path passwordCopy = workshop.resolve("password");
    Files.createFile(passwordCopy, OURS_ALONE);
    Files.writeString(passwordCopy, newPassword() + "\n");
    user.own(workshop);
    user.own(passwordCopy);
    Path made = workshop.resolve("cluster");
    initialise(made, passwordCopy, durable);
    Files.move(made, files(), StandardCopyOption.ATOMIC_MOVE);
    Folders.delete(workshop);
  }

  private void initialise(Path made, Path passwordCopy, boolean durable) throws IOException {
    List<String> command =
        List.of(
            program("initdb"),
            "--pgdata=" + made,
            "--username=" + EmbeddedPostgres.ADMIN,
            "--auth=scram-sha-256",
            "--pwfile=" + passwordCopy,
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--data-checksums",
            durable ? "--sync-method=fsync" : "--no-sync");
    Programs.Result result = Programs.run(user.command(command), data);
    if (result.status() != 0) {
      throw cannotStart(data, result.reason(), new IOException(result.output()));
    }
  }

  private String newPassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Files.deleteIfExists(passwordFile());
    Files.createFile(passwordFile(), OURS_ALONE);
    Files.write(
        passwordFile(),
        (password + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.SYNC);
    return password;
  }

  private Path passwordFile() {
    return data.resolve("postgres.password");
  }
}
