/**
 * A company to look at: sites, rooms, people, and a week of meetings around the day of the first
 * start.
 */
@NullMarked
package foyer.demo;

import org.jspecify.annotations.NullMarked;
