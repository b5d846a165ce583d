/** What the two device programs share: broker connection, store on disk, local page. */
@NullMarked
package foyer.client;

import org.jspecify.annotations.NullMarked;
