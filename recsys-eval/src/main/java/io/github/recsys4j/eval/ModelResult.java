package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How one recommender did.
 *
 * @param name the recommender's name
 * @param metrics the mean over all cases by the metric's label, in the evaluator's order
 * @param standardErrors the standard error of each mean, by the metric's label; empty with fewer than two cases
 * @param answeredByPopularity how many cases the recommender answered with its popularity fallback
 */
public record ModelResult(
        String name, Map<String, Double> metrics, Map<String, Double> standardErrors, int answeredByPopularity) {

    /**
     * Copies the maps in their order.
     *
     * @param name the recommender's name
     * @param metrics means by label
     * @param standardErrors standard errors by label
     * @param answeredByPopularity cases answered by the fallback
     */
    public ModelResult {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        standardErrors = Collections.unmodifiableMap(new LinkedHashMap<>(standardErrors));
    }

    /**
     * {@return the mean over all cases}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured
     */
    public double metric(String label) {
        Double value = metrics.get(label);
        checkArgument(value != null, "metric \"%s\" was not measured; there are %s", label, metrics.keySet());
        return value;
    }
}
