package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Scores by the product of an item's vector with the vector that a history is folded in to. */
final class FactorScorer implements HistoryScorer {
    private final float[] itemVectors;
    private final int dim;
    private final FoldIn foldIn;

    FactorScorer(float[] itemVectors, int dim, FoldIn foldIn) {
        this.itemVectors = itemVectors;
        this.dim = dim;
        this.foldIn = foldIn;
    }

    /** Finds the vectors of users by their histories, with the item vectors as they are. */
    @FunctionalInterface
    interface FoldIn {
        /** {@return shape [histories, dim]; zeros where a history is empty} */
        float[] vectors(int[][] histories);
    }

    @Override
    public void score(Optional<String> userId, int[] history, double[] scores) {
        float[] user = foldIn.vectors(new int[][] {history});
        for (int item = 0; item < scores.length; item++) {
            float sum = 0;
            for (int d = 0; d < dim; d++) {
                sum += user[d] * itemVectors[item * dim + d];
            }
            scores[item] = sum;
        }
    }

    @Override
    public Optional<BatchScorer> batchScorer(Vocabulary items, Function<RecommendationRequest, int[]> histories) {
        return Optional.of(new Batch(items, histories));
    }

    private final class Batch implements BatchScorer {
        private final Vocabulary items;
        private final Function<RecommendationRequest, int[]> histories;

        private Batch(Vocabulary items, Function<RecommendationRequest, int[]> histories) {
            this.items = items;
            this.histories = histories;
        }

        @Override
        public Vocabulary items() {
            return items;
        }

        @Override
        public int dim() {
            return dim;
        }

        @Override
        public float[] itemVectors() {
            return itemVectors;
        }

        @Override
        public float[] userVectors(List<RecommendationRequest> requests) {
            return foldIn.vectors(requests.stream().map(histories).toArray(int[][]::new));
        }
    }
}
