/** Simple recommenders that a model must beat, each trained in one call and asked like any other. */
@NullMarked
package io.github.recsys4j.eval.baseline;

import org.jspecify.annotations.NullMarked;
