package foyer.architecture;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Calls no constructor of the class. */
final class MakesNo extends ArchCondition<JavaCodeUnit> {

  private final Class<?> made;

  MakesNo(Class<?> made) {
    super("make no " + made.getSimpleName());
    this.made = made;
  }

  @Override
  public void check(JavaCodeUnit unit, ConditionEvents events) {
    unit.getConstructorCallsFromSelf().stream()
        .filter(call -> call.getTargetOwner().isEquivalentTo(made))
        .forEach(call -> events.add(SimpleConditionEvent.violated(unit, call.getDescription())));
  }
}
