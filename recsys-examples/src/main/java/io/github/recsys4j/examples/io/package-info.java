/** Files that are whole or not there. */
@NullMarked
package io.github.recsys4j.examples.io;

import org.jspecify.annotations.NullMarked;
