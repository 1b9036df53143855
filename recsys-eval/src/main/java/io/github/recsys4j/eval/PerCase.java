package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What each case scored in each metric, in the order of the cases; kept on request
 * ({@link Evaluator.Builder#keepPerCase()}).
 *
 * <p>Costs eight bytes per case and metric. Thread-safety: immutable.
 */
public final class PerCase {
    private final List<String> userIds;
    private final Map<String, double[]> values;
    private final Map<String, double[]> weights;

    /**
     * Takes values that all count alike.
     *
     * @param userIds each case's user
     * @param values by label, one value per case; NaN where the metric is undefined
     * @throws IllegalArgumentException if a metric has another number of values
     */
    public PerCase(List<String> userIds, Map<String, double[]> values) {
        this(userIds, values, Map.of());
    }

    /**
     * Copies values and weights.
     *
     * @param userIds each case's user
     * @param values by label, one value per case; NaN where the metric is undefined
     * @param weights by label, how much each case counts; may lack metrics whose cases all count alike
     * @throws IllegalArgumentException if a metric has another number of values or weights
     */
    public PerCase(List<String> userIds, Map<String, double[]> values, Map<String, double[]> weights) {
        this.userIds = List.copyOf(userIds);
        this.values = copy("values", values);
        this.weights = copy("weights", weights);
    }

    private Map<String, double[]> copy(String what, Map<String, double[]> columns) {
        Map<String, double[]> copies = new LinkedHashMap<>();
        columns.forEach((label, column) -> {
            checkArgument(
                    column.length == size(),
                    "%s of %s must have one entry per case = %s, got %s",
                    what,
                    label,
                    size(),
                    column.length);
            copies.put(label, column.clone());
        });
        return Collections.unmodifiableMap(copies);
    }

    /** {@return how many cases there are} */
    public int size() {
        return userIds.size();
    }

    /** {@return the user of each case, by id; a user may have several cases} */
    public List<String> userIds() {
        return userIds;
    }

    /** {@return the labels of the metrics, in the evaluator's order} */
    public Set<String> labels() {
        return values.keySet();
    }

    /**
     * {@return a copy of the metric's values, one per case; NaN where it is undefined}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured case by case
     */
    public double[] values(String label) {
        double[] column = values.get(label);
        checkArgument(
                column != null, "metric \"%s\" was not measured case by case; there are %s", label, values.keySet());
        return column.clone();
    }

    /**
     * {@return how much each case counts in the metric's mean; 0 where it is undefined}
     *
     * @param label a metric's label, such as {@code NDCG@10}
     * @throws IllegalArgumentException if that metric was not measured case by case
     */
    public double[] weights(String label) {
        double[] column = values(label);
        double[] given = weights.get(label);
        for (int index = 0; index < column.length; index++) {
            double weight = given == null ? 1 : given[index];
            column[index] = Double.isNaN(column[index]) ? 0 : weight;
        }
        return column;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PerCase that
                && userIds.equals(that.userIds)
                && labels().equals(that.labels())
                && labels().stream()
                        .allMatch(label -> Arrays.equals(values(label), that.values(label))
                                && Arrays.equals(weights(label), that.weights(label)));
    }

    @Override
    public int hashCode() {
        return 31 * userIds.hashCode() + labels().hashCode();
    }

    @Override
    public String toString() {
        return "PerCase[" + size() + " cases of " + labels() + "]";
    }
}
