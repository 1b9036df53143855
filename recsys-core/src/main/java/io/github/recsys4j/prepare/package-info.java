/** What is done to a data set before it is split. */
@NullMarked
package io.github.recsys4j.prepare;

import org.jspecify.annotations.NullMarked;
