/** Measures anybody's {@link io.github.recsys4j.Recommender} on held-out cases. */
@NullMarked
package io.github.recsys4j.eval;

import org.jspecify.annotations.NullMarked;
