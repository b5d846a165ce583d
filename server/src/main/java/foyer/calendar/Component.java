package foyer.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A component (RFC 5545 §3.6) with what stands in it. */
final class Component {

  private final String name;
  private final int line;
  private final List<ContentLine> properties = new ArrayList<>();
  private final List<Component> children = new ArrayList<>();

  Component(String name, int line) {
    this.name = name;
    this.line = line;
  }

  /** Its name in capitals. */
  String name() {
    return name;
  }

  /** The line of its BEGIN, counted from 1. */
  int line() {
    return line;
  }

  List<ContentLine> properties() {
    return properties;
  }

  List<Component> children() {
    return children;
  }

  /** The first property of that name. */
  Optional<ContentLine> first(String property) {
    return properties.stream().filter(p -> p.name().equals(property)).findFirst();
  }

  /** All properties of that name. */
  List<ContentLine> all(String property) {
    return properties.stream().filter(p -> p.name().equals(property)).toList();
  }

  /** The first value of that property without spaces around it, or empty. */
  String value(String property) {
    return first(property).map(p -> p.value().strip()).orElse("");
  }
}
