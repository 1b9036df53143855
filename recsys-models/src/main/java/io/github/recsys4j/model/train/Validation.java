package io.github.recsys4j.model.train;

import io.github.recsys4j.BatchScorer;
import java.util.Map;

/** Measures a model in mid-training, so that the best one is kept and training stops in time. */
@FunctionalInterface
public interface Validation {

    /**
     * Measures the model as it is now.
     *
     * @param scorer user and item vectors of the current parameters; valid during this call only
     * @return metrics by label, such as {@code NDCG@10}, higher is better; empty where there is nothing to measure
     */
    Map<String, Double> measure(BatchScorer scorer);

    /** {@return a validation that measures nothing: the last epoch's parameters are kept} */
    static Validation none() {
        return scorer -> Map.of();
    }
}
