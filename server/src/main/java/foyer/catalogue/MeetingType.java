package foyer.catalogue;

import foyer.wire.Level;
import foyer.wire.Names;
import org.jspecify.annotations.Nullable;

/**
 * A kind of meeting (K-1.2, F-1.2).
 *
 * @param policy {@code K} for reception meetings; null where the using department's policy holds
 * @param level how confidential unless the booking says otherwise
 * @param priority unless the booking says otherwise
 */
public record MeetingType(
    String id,
    @Nullable String policy,
    Names name,
    boolean reception,
    Level level,
    String priority) {}
