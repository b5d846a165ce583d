package foyer.demo;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTest {

  @RegisterExtension static final TestDatabase database = TestDatabase.create();

  /** A Wednesday; 15:10 in Shanghai, 08:10 in Munich, whose clocks go on the next Sunday. */
  private static final Instant NOW = Instant.parse("2027-03-24T07:10:00Z");

  private static long millis;

  @BeforeAll
  static void fill() {
    database.setClock(NOW);
    long before = System.nanoTime();
    assertThat(Demo.fill(database.address())).isTrue();
    millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
  }

  @Test
  void twoSitesOneOfThemWithSummerTimeOpenEveryDay() {
    assertThat(texts("SELECT id || ' ' || zone FROM site ORDER BY position"))
        .containsExactly("shanghai Asia/Shanghai", "munich Europe/Berlin");
    assertThat(texts("SELECT DISTINCT opens || '-' || closes FROM opening_hours"))
        .containsExactly("07:30:00-21:30:00");
    assertThat(number("SELECT count(*) FROM opening_hours")).isEqualTo(14);
  }

  @Test
  void twentyFourRoomsWithBothNamesOfFourToSixtySeats() {
    assertThat(number("SELECT count(*) FROM room")).isEqualTo(24);
    assertThat(number("SELECT count(DISTINCT name_zh) FROM room WHERE name_zh ~ '[一-龥]'"))
        .isEqualTo(24);
    assertThat(number("SELECT count(DISTINCT name_en) FROM room WHERE name_en ~ '^[A-Z]'"))
        .isEqualTo(24);
    assertThat(texts("SELECT min(capacity) || '-' || max(capacity) FROM room"))
        .containsExactly("4-60");
    assertThat(number("SELECT count(DISTINCT room_id) FROM room_equipment")).isEqualTo(24);
    assertThat(texts("SELECT id FROM room WHERE id IN ('sh-0801', 'mu-0203') ORDER BY id"))
        .containsExactly("mu-0203", "sh-0801");
  }

  @Test
  void mostRoomsAreBookedAtOnceTheHallsByApprovalAndTwoAreKeptForADepartment() {
    assertThat(texts("SELECT id FROM room WHERE booking = 'approval' ORDER BY id"))
        .containsExactly("mu-0101", "sh-0801");
    assertThat(texts("SELECT id || ' ' || automatic_up_to FROM room WHERE automatic_up_to > 0"))
        .containsExactly("sh-0901 120");
    assertThat(texts("SELECT room_id || ' ' || department_id FROM room_department ORDER BY 1"))
        .containsExactly("sh-0204 customer-service", "sh-0905 legal");
    assertThat(
            number(
                """
                SELECT count(*) FROM booking b JOIN room_department k USING (room_id)
                WHERE b.department_id <> k.department_id"""))
        .as("others in a room that is kept")
        .isZero();
    assertThat(number("SELECT count(*) FROM booking WHERE status = 'requested'")).isPositive();
    assertThat(
            number(
                """
                SELECT count(*) FROM booking b JOIN room r ON r.id = b.room_id
                WHERE b.status = 'requested' AND r.booking = 'automatic'"""))
        .isZero();
  }

  @Test
  void aHundredAndTwentyPeopleWithBothNamesAndAnAddressOfTheirOwn() {
    assertThat(number("SELECT count(*) FROM person")).isEqualTo(120);
    assertThat(number("SELECT count(*) FROM person WHERE name_zh ~ '[一-龥]{2}'")).isEqualTo(120);
    assertThat(number("SELECT count(*) FROM person WHERE name_en ~ '^[A-Z].* [A-Z]'"))
        .isEqualTo(120);
    assertThat(number("SELECT count(DISTINCT email) FROM person WHERE email ~ '^[a-z.]+@'"))
        .isEqualTo(120);
  }

  @Test
  void everyDepartmentHasAHeadOfItsOwnAndALeaderWhoApproves() {
    assertThat(
            number(
                """
                SELECT count(*) FROM department d
                JOIN person head ON head.id = d.head_id AND head.department_id = d.id
                JOIN person leader ON leader.id = d.approver_id"""))
        .isEqualTo(11);
    assertThat(
            number(
                "SELECT count(*) FROM department WHERE head_id = approver_id AND id <> 'management'"))
        .isZero();
    assertThat(texts("SELECT name_zh FROM department WHERE policy_id = 'F'"))
        .containsExactly("客户服务部");
  }

  @Test
  void everyMeetingWithItsPreparationIsWithinItsSitesDay() {
    assertThat(number("SELECT count(*) FROM booking")).isGreaterThan(500);
    assertThat(
            number(
                """
                SELECT count(*) FROM booking b
                WHERE (lower(occupied) AT TIME ZONE zone)::time < '07:30'
                  OR (upper(occupied) AT TIME ZONE zone)::time > '21:30'
                  OR (lower(occupied) AT TIME ZONE zone)::date
                    <> (upper(occupied) AT TIME ZONE zone)::date
                  OR local_start <> lower(during) AT TIME ZONE zone
                  OR extract(minute FROM local_start)::int % 15 <> 0"""))
        .isZero();
  }

  @Test
  void noRoomAndNobodyIsInTwoMeetingsAtOnce() {
    assertThat(
            number(
                """
                SELECT count(*) FROM booking a JOIN booking b
                  ON a.room_id = b.room_id AND a.id < b.id AND a.occupied && b.occupied"""))
        .isZero();
    assertThat(
            number(
                """
                SELECT count(*) FROM booking a JOIN booking b ON a.id < b.id AND a.during && b.during
                JOIN booking_attendee x ON x.booking_id = a.id
                JOIN booking_attendee y ON y.booking_id = b.id AND y.person_id = x.person_id"""))
        .isZero();
    assertThat(
            number(
                "SELECT count(*) FROM booking b JOIN room r ON r.id = room_id WHERE head_count > capacity"))
        .isZero();
    assertThat(
            number(
                """
                SELECT count(*) FROM booking b WHERE head_count
                  <> (SELECT count(*) FROM booking_attendee a WHERE a.booking_id = b.id)"""))
        .isZero();
  }

  @Test
  void policiesFollowTheTypeAndTheDepartment() {
    assertThat(
            texts(
                """
                SELECT DISTINCT
                  CASE WHEN t.policy_id = 'K' THEN 'reception' ELSE 'other' END || ' '
                  || CASE WHEN d.policy_id = 'F' THEN 'F' ELSE 'C' END || ' '
                  || p.policy_id || ' ' || coalesce(s.policy_id, '-') || ' '
                  || extract(epoch FROM lower(during) - lower(occupied))::int / 60 AS line
                FROM booking b
                JOIN meeting_type t ON t.id = meeting_type_id
                JOIN department d ON d.id = department_id
                JOIN policy_version p ON p.id = policy_version_id
                LEFT JOIN policy_version s ON s.id = second_policy_version_id
                ORDER BY line"""))
        .containsExactly(
            "other C C - 0", "other F F - 0", "reception C K - 15", "reception F K F 15");
    assertThat(texts("SELECT DISTINCT level FROM booking WHERE meeting_type_id = 'interview'"))
        .containsExactly("confidential");
  }

  @Test
  void aMeetingRunsAndAnotherIsAboutToStartWhileTheSitesAreOpen() {
    for (String room : List.of("sh-0802", "mu-0102")) {
      assertThat(
              number(
                  "SELECT count(*) FROM booking WHERE during @> app_now() AND checked_in_at IS NOT NULL"
                      + " AND room_id = '"
                      + room
                      + "'"))
          .describedAs(room)
          .isEqualTo(1);
    }
    assertThat(
            number(
                """
                SELECT count(*) FROM booking WHERE room_id = 'sh-0803'
                  AND lower(during) BETWEEN app_now() AND app_now() + interval '15 minutes'"""))
        .isEqualTo(1);
  }

  @Test
  void pastMeetingsTookPlaceAndNothingOfTheFutureDid() {
    assertThat(number("SELECT count(*) FROM booking WHERE ended_at IS NOT NULL"))
        .isGreaterThan(100);
    assertThat(
            number(
                """
                SELECT count(*) FROM booking
                WHERE made_at > app_now() OR checked_in_at > app_now() OR ended_at > app_now()
                  OR made_at > lower(during) OR ended_at < checked_in_at"""))
        .isZero();
  }

  @Test
  void weekdaysAreFullerThanWeekendsAndLunchIsQuiet() {
    double weekday = number(ON_DAYS.formatted("< 6")) / 8.0;
    double weekend = number(ON_DAYS.formatted("> 5")) / 3.0;
    assertThat(weekday).isGreaterThan(3 * weekend);
    assertThat(number(AT_HOUR.formatted(12))).isLessThan(number(AT_HOUR.formatted(10)) / 3);
  }

  private static final String ON_DAYS =
      "SELECT count(*) FROM booking WHERE extract(isodow FROM local_start) %s";
  private static final String AT_HOUR =
      "SELECT count(*) FROM booking WHERE extract(hour FROM local_start) = %d";

  @Test
  void itTakesAtMostTwoSecondsAndHappensOnce() {
    assertThat(millis).describedAs("ms").isLessThan(2_000);
    assertThat(Demo.fill(database.address())).isFalse();
    assertThat(number("SELECT count(*) FROM site")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2027-03-28T00:30:00Z", // Sunday on which Munich's clocks go on
        "2026-10-31T23:00:00Z", // midnight in Munich, Sunday morning in Shanghai
        "2026-12-31T21:45:00Z" // both closed
      })
  void onEveryDayThereAreMeetingsTodayAndNoneOutsideTheHours(String now) {
    try (TestDatabase other = TestDatabase.create()) {
      other.setClock(Instant.parse(now));
      assertThat(Demo.fill(other.address())).isTrue();
      assertThat(
              other.number(
                  """
                  SELECT min(meetings) FROM (
                    SELECT count(b.id) AS meetings FROM site s
                    LEFT JOIN room r ON r.site_id = s.id
                    LEFT JOIN booking b ON b.room_id = r.id
                      AND b.local_start::date = (app_now() AT TIME ZONE s.zone)::date
                    GROUP BY s.id) AS of_site"""))
          .isPositive();
    }
  }

  @Test
  void theSameDayGivesTheSameMeetings() {
    List<People.Person> people = People.hire(1);
    assertThat(Meetings.around(NOW, people, Duration.ofMinutes(15), 1))
        .isEqualTo(Meetings.around(NOW, People.hire(1), Duration.ofMinutes(15), 1));
  }

  private static long number(String query) {
    return database.number(query);
  }

  private static List<String> texts(String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      var texts = new ArrayList<String>();
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
      return texts;
    } catch (SQLException failure) {
      throw new IllegalStateException(query, failure);
    }
  }
}
