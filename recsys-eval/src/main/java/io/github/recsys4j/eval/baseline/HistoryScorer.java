package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import java.util.Optional;
import java.util.function.Function;

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

    /**
     * Offers the scores as products of vectors, if they are such products.
     *
     * @param items the items
     * @param histories finds the known items of a request's history
     * @return the vectors, or empty
     */
    default Optional<BatchScorer> batchScorer(Vocabulary items, Function<RecommendationRequest, int[]> histories) {
        return Optional.empty();
    }
}
