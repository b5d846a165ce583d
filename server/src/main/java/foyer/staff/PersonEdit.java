package foyer.staff;

import foyer.wire.Names;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody is to be.
 *
 * @param title empty for none
 * @param position rank order within the department
 * @param badgeCode in upper case
 */
record PersonEdit(
    Names name,
    @Nullable Names title,
    @Nullable String email,
    String department,
    int position,
    @Nullable String badgeCode) {

  PersonEdit {
    title =
        title == null
            ? new Names("", "")
            : new Names(
                Objects.requireNonNullElse(title.zh(), ""),
                Objects.requireNonNullElse(title.en(), ""));
    badgeCode = badgeCode == null ? null : badgeCode.toUpperCase(Locale.ROOT);
  }

  /** The title, which is there, if only empty. */
  Names titles() {
    return Objects.requireNonNull(title);
  }
}
