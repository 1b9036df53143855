/**
 * Finds the best items for a vector: {@link io.github.recsys4j.retrieval.ItemIndex} is the contract,
 * {@link io.github.recsys4j.retrieval.ExactIndex} the index that misses nothing.
 */
@NullMarked
package io.github.recsys4j.retrieval;

import org.jspecify.annotations.NullMarked;
