package io.github.recsys4j.rerank;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.data.Vocabulary;

/**
 * What re-ranking may ask about items: ids, vectors and how often each was chosen.
 *
 * <p>Implementations are safe for many threads and do not change while a request runs.
 */
public interface ItemKnowledge {

    /** {@return the items by index} */
    Vocabulary items();

    /** {@return the width of the item vectors, or 0 where there are none} */
    int dim();

    /**
     * Copies an item's vector.
     *
     * @param item an item index
     * @param target shape {@code [dim]}; overwritten
     */
    void vector(int item, float[] target);

    /**
     * {@return how many interactions an item has, at least 0}
     *
     * @param item an item index
     */
    long count(int item);

    /** {@return how many interactions all items have together} */
    long total();

    /**
     * Knows counts only, so that {@link Mmr} cannot be used.
     *
     * @param items the items
     * @param counts shape {@code [items]}: interactions of each
     * @return the knowledge
     * @throws IllegalArgumentException if there are not as many counts as items
     */
    static ItemKnowledge of(Vocabulary items, long[] counts) {
        return new KnownItems(items, counts.clone(), new float[0], 0);
    }

    /**
     * Knows a scorer's item vectors and counts.
     *
     * @param scorer whose items and vectors to take
     * @param counts shape {@code [items]}: interactions of each
     * @return the knowledge
     * @throws IllegalArgumentException if there are not as many counts as items
     */
    static ItemKnowledge of(BatchScorer scorer, long[] counts) {
        return new KnownItems(scorer.items(), counts.clone(), scorer.itemVectors(), scorer.dim());
    }
}
