package foyer.wire;

/**
 * The same name in both languages.
 *
 * @param zh Chinese (zh-CN), never blank
 * @param en English, never blank
 */
public record Names(String zh, String en) {}
