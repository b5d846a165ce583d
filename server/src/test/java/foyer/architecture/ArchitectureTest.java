package foyer.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import foyer.booking.PlantedRules;
import foyer.booking.PlantedService;
import foyer.room.PlantedKey;
import foyer.room.RoomTx;
import foyer.room.Rooms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules of the house that a machine can hold. Each has been seen to fail: {@link
 * #aPlantedFaultIsFound}.
 */
class ArchitectureTest {

  /** Packages of the server from the bottom up; none may know one that stands after it. */
  private static final List<String> FLOORS =
      List.of(
          "foyer.wire..",
          "foyer.sql..",
          "foyer.api..",
          "foyer.sheet..",
          "foyer.audit..",
          "foyer.catalogue..",
          "foyer.org..",
          "foyer.policy..",
          "foyer.staff..",
          "foyer.room..",
          "foyer.booking..",
          "foyer.presence..",
          "foyer.calendar..",
          "foyer.timeline..",
          "foyer.http..");

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("foyer");

  private static final ArchRule RULES_ARE_PURE =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Rules")
          .or()
          .resideInAPackage("foyer.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..", "java.nio.file..", "java.sql..", "io.vertx..", "java.util.concurrent..")
          .because("a rule is a pure function: clock, policy and rows are its parameters");

  private static final ArchRule RULES_HAVE_NO_CLOCK =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Rules")
          .or()
          .resideInAPackage("foyer.wire..")
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .because("one clock decides, and it is PostgreSQL's");

  private static final ArchRule ONLY_ROOMS_GIVES_THE_RIGHT_TO_CHANGE =
      codeUnits()
          .that()
          .areDeclaredInClassesThat()
          .doNotBelongToAnyOf(Rooms.class, RoomTx.class)
          .should(new MakesNo(RoomTx.class))
          .because("whoever changes what a door shows has locked the room and raised its revision");

  private static final ArchRule NOBODY_SLEEPS =
      noClasses()
          .that()
          .resideOutsideOfPackage("foyer.embedded..")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("a verticle's thread that sleeps stalls all its other requests");

  private static final ArchRule JDBC_STAYS_BEFORE_THE_FIRST_VERTICLE =
      noClasses()
          .that()
          .resideInAnyPackage(
              "foyer.api..",
              "foyer.sheet..",
              "foyer.catalogue..",
              "foyer.org..",
              "foyer.policy..",
              "foyer.staff..",
              "foyer.room..",
              "foyer.booking..",
              "foyer.presence..",
              "foyer.calendar..",
              "foyer.timeline..",
              "foyer.http..",
              "foyer.device..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..")
          .because("JDBC blocks");

  private static final ArchRule THE_SERVER_KNOWS_NO_DEVICE_PROGRAM =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "foyer.client..", "foyer.display..", "foyer.kiosk..", "foyer.bench..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("foyer.client..", "foyer.display..", "foyer.kiosk..")
          .because("the server takes their jars for the pages in them alone");

  private static final Map<String, ArchRule> RULES =
      Map.of(
          "rules are pure", RULES_ARE_PURE,
          "rules have no clock", RULES_HAVE_NO_CLOCK,
          "only Rooms gives the right to change", ONLY_ROOMS_GIVES_THE_RIGHT_TO_CHANGE,
          "nobody sleeps", NOBODY_SLEEPS,
          "JDBC stays before the first verticle", JDBC_STAYS_BEFORE_THE_FIRST_VERTICLE,
          "the server knows no device program", THE_SERVER_KNOWS_NO_DEVICE_PROGRAM);

  @TestFactory
  Stream<DynamicTest> theHouseHolds() {
    return RULES.entrySet().stream()
        .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> rule.getValue().check(HOUSE)));
  }

  @TestFactory
  Stream<DynamicTest> noFloorKnowsOneAboveIt() {
    return Stream.iterate(0, i -> i < FLOORS.size() - 1, i -> i + 1)
        .map(i -> DynamicTest.dynamicTest(FLOORS.get(i), () -> below(i).check(HOUSE)));
  }

  @TestFactory
  Stream<DynamicTest> aPlantedFaultIsFound() {
    JavaClasses planted =
        new ClassFileImporter()
            .importClasses(PlantedRules.class, PlantedService.class, PlantedKey.class);
    return RULES.entrySet().stream()
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getKey(),
                    () -> assertThat(rule.getValue().evaluate(planted).hasViolation()).isTrue()));
  }

  @Test
  void aFloorThatLooksUpIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedService.class);
    assertThat(below(FLOORS.indexOf("foyer.booking..")).evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void theWholeHouseIsLookedAt() {
    assertThat(HOUSE.stream().map(JavaClass::getPackageName))
        .contains("foyer.booking", "foyer.wire", "foyer.client", "foyer.timeline");
  }

  private static ArchRule below(int floor) {
    String[] above = FLOORS.subList(floor + 1, FLOORS.size()).toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(FLOORS.get(floor))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(above)
        .because("dependencies run one way");
  }
}
