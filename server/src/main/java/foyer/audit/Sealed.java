package foyer.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/**
 * An entry of the audit log as it is hashed.
 *
 * @param xid of the transaction that wrote it
 */
record Sealed(
    long id,
    String xid,
    Instant at,
    String actor,
    String action,
    String object,
    List<String> fields,
    String reason) {

  /** SHA-256 over the hash before it and all parts, each after its length. */
  byte[] hash(byte[] previous) {
    MessageDigest digest = sha256();
    digest.update(previous);
    add(digest, Long.toString(id));
    add(digest, xid);
    add(digest, at.toString());
    add(digest, actor);
    add(digest, action);
    add(digest, object);
    add(digest, Integer.toString(fields.size()));
    fields.forEach(field -> add(digest, field));
    add(digest, reason);
    return digest.digest();
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
