package foyer.catalogue;

import foyer.catalogue.OpeningHours.Hours;
import foyer.wire.Names;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A day on which a site keeps other hours than its weekday's: a public holiday, a make-up work day
 * (调休), a day with other hours.
 *
 * @param hours null where it is closed all day
 */
public record SpecialDay(LocalDate day, Names name, @Nullable Hours hours) {}
