package io.github.recsys4j.eval.baseline;

import java.util.Optional;

/** Scores every item for somebody with a history of at least one known item. */
@FunctionalInterface
interface HistoryScorer {

    /**
     * Writes the scores.
     *
     * @param userId the user, if one was named
     * @param history known items, oldest first, repeated as often as they occurred; at least one
     * @param scores shape {@code [items]}, zeros; finite values are to be written
     */
    void score(Optional<String> userId, int[] history, double[] scores);
}
