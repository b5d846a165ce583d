/** What the displays show: computed, kept, pushed. */
@NullMarked
package foyer.timeline;

import org.jspecify.annotations.NullMarked;
