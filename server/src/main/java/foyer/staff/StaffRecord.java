package foyer.staff;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.wire.Names;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of somebody.
 *
 * @param department id
 * @param position rank order within the department (排序)
 * @param source {@code console}, {@code import} or {@code demo}
 * @param sessions that are open
 * @param bookedBy who may book for them (代订)
 * @param booksFor for whom they may book
 * @param heads departments whose head or approver they are
 * @param leftAt null while they work here
 */
@JsonInclude(Include.NON_NULL)
record StaffRecord(
    @JsonIgnore long id,
    String staffNumber,
    Names name,
    Names title,
    @Nullable String email,
    String department,
    Names departmentName,
    int position,
    @Nullable String badgeCode,
    String source,
    List<String> roles,
    boolean hasPassword,
    boolean hasPin,
    int sessions,
    List<Somebody> bookedBy,
    List<Somebody> booksFor,
    List<Led> heads,
    @Nullable Instant leftAt,
    int version) {

  /** Another person. */
  record Somebody(String staffNumber, Names name) {}

  /** A department. */
  record Led(String id, Names name) {}
}
