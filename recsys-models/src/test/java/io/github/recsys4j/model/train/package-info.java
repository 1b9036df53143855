/** Tests of the training backend. */
@NullMarked
package io.github.recsys4j.model.train;

import org.jspecify.annotations.NullMarked;
