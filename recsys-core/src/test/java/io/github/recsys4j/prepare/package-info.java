/** Tests of what is done before a split. */
@NullMarked
package io.github.recsys4j.prepare;

import org.jspecify.annotations.NullMarked;
