/** Tests of the data sets. */
@NullMarked
package io.github.recsys4j.data;

import org.jspecify.annotations.NullMarked;
