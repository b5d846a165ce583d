package foyer.calendar;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts lines together to components, whatever is missing between them. */
final class Components {

  private static final int DEEPEST = 16;
  private static final Set<String> NEVER_INSIDE_ITSELF =
      Set.of("VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VALARM");

  private final Faults faults;
  private final List<Component> roots = new ArrayList<>();
  private final Deque<Component> open = new ArrayDeque<>();
  private int unreadable;
  private int firstUnreadable;

  private Components(Faults faults) {
    this.faults = faults;
  }

  /** The outermost components; an entry whose end is missing is left out and told of. */
  static List<Component> of(List<Lines.Line> lines, Faults faults) {
    Components components = new Components(faults);
    for (Lines.Line line : lines) {
      components.add(ContentLine.of(line.number(), line.text()), line);
    }
    return components.close();
  }

  private void add(@Nullable ContentLine property, Lines.Line line) {
    if (property == null) {
      if (unreadable++ == 0) {
        firstUnreadable = line.number();
      }
    } else if (property.name().equals("BEGIN")) {
      begin(property);
    } else if (property.name().equals("END")) {
      end(property.value().strip().toUpperCase(Locale.ROOT), property.line());
    } else if (!open.isEmpty()) {
      open.peek().properties().add(property);
    }
  }

  private void begin(ContentLine property) {
    String name = property.value().strip().toUpperCase(Locale.ROOT);
    if (NEVER_INSIDE_ITSELF.contains(name) && isOpen(name)) {
      closeDownTo(name);
    }
    if (open.size() == DEEPEST) {
      faults.refuse(property.line(), "", "too-deep", "most", Integer.toString(DEEPEST));
      return;
    }
    Component component = new Component(name, property.line());
    List<Component> siblings = open.isEmpty() ? roots : open.peek().children();
    siblings.add(component);
    open.push(component);
  }

  private void end(String name, int line) {
    if (isOpen(name)) {
      while (!open.peek().name().equals(name)) {
        leaveOut(open.pop());
      }
      open.pop();
    } else {
      faults.remark(line, "", "end-without-begin", "name", Texts.line(name, 40));
    }
  }

  private void closeDownTo(String name) {
    Component last;
    do {
      last = open.pop();
      leaveOut(last);
    } while (!last.name().equals(name));
  }

  /** What has no end may have lost any of its lines; it is the last one begun at its place. */
  private void leaveOut(Component component) {
    String uid = Texts.line(component.value("UID"), Entries.LONGEST_UID);
    String name = Texts.line(component.name(), 40);
    if (component.name().equals("VCALENDAR")) {
      faults.refuse(component.line(), uid, "no-end", "name", name);
      return;
    }
    if (component.name().equals("VEVENT")) {
      faults.refuse(component.line(), uid, "no-end", "name", name);
    } else {
      faults.remark(component.line(), uid, "no-end", "name", name);
    }
    List<Component> siblings = open.isEmpty() ? roots : open.peek().children();
    siblings.removeLast();
  }

  private boolean isOpen(String name) {
    return open.stream().anyMatch(c -> c.name().equals(name));
  }

  private List<Component> close() {
    while (!open.isEmpty()) {
      leaveOut(open.pop());
    }
    if (unreadable > 0) {
      faults.remark(firstUnreadable, "", "unreadable-lines", "count", Integer.toString(unreadable));
    }
    return roots;
  }
}
