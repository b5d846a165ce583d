/** Spreadsheets as people keep them: read as they come, written so that they can be read again. */
@NullMarked
package foyer.sheet;

import org.jspecify.annotations.NullMarked;
