/**
 * Hyper-parameter search over any function from settings to a score: random, successive halving, and a
 * tree-structured Parzen estimator; resumable, and parallel in child processes.
 */
@NullMarked
package io.github.recsys4j.eval.search;

import org.jspecify.annotations.NullMarked;
