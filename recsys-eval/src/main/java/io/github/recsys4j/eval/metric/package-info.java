/**
 * Ranking metrics, each one definition: formula, cut-off, ties, and what happens without relevant items.
 * {@code docs/metrics.md} has worked examples and says which library computes something else under the same name.
 */
@NullMarked
package io.github.recsys4j.eval.metric;

import org.jspecify.annotations.NullMarked;
