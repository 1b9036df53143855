package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.eval.metric.Direction;
import io.github.recsys4j.eval.metric.Judged;
import io.github.recsys4j.eval.metric.ListMetric;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.RankedLists;
import io.github.recsys4j.eval.metric.Standing;
import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns rankings into means; sums run in the order of the cases, so the result never depends on threads. */
final class Summary {
    private final HeldOut cases;
    private final Measures measures;
    private final List<Metric> metrics;
    private final double[][] values;
    private final double[][] weights;
    private final int[][] lists;

    Summary(HeldOut cases, Measures measures) {
        this.cases = cases;
        this.measures = measures;
        metrics = measures.metrics();
        values = new double[metrics.size()][cases.size()];
        weights = new double[metrics.size()][cases.size()];
        lists = measures.listMetrics().isEmpty() ? new int[0][] : new int[cases.size()][];
    }

    /** Measures one case; different cases may be measured by different threads. */
    void accept(int index, int[] ranked, Optional<Standing> standing) {
        Judged plain = Judged.of(ranked, cases, index);
        Judged judged = standing.isPresent() ? plain.with(standing.get()) : plain;
        if (lists.length > 0) {
            lists[index] = Arrays.copyOf(ranked, Math.min(ranked.length, measures.listK()));
        }
        for (int m = 0; m < values.length; m++) {
            double weight = metrics.get(m).weight(judged);
            weights[m][index] = weight;
            values[m][index] =
                    weight > 0 ? checked(metrics.get(m), metrics.get(m).measure(judged)) : Double.NaN;
        }
    }

    private static double checked(Metric metric, double value) {
        checkArgument(
                !Double.isNaN(value),
                "metric %s must give a number for every case, got NaN: check its measure, or give such cases weight 0",
                metric.label());
        return value;
    }

    ModelResult result(String name, int answeredByPopularity) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        Map<String, double[]> counting = new LinkedHashMap<>();
        for (int m = 0; m < values.length; m++) {
            String label = metrics.get(m).label() + measures.suffix();
            columns.put(label, values[m]);
            counting.put(label, weights[m]);
        }
        PerCase perCase = new PerCase(userIds(), columns, counting);
        UserSums sums = new UserSums(perCase.userIds());
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (Metric metric : metrics) {
            String label = metric.label() + measures.suffix();
            figure(sums, perCase, label, metric.direction()).ifPresent(value -> figures.put(label, value));
        }
        if (lists.length > 0) {
            putLists(RankedLists.of(cases, Arrays.asList(lists)), figures);
        }
        return new ModelResult(name, figures, answeredByPopularity, Optional.of(perCase));
    }

    private void putLists(RankedLists all, Map<String, Figure> figures) {
        for (ListMetric metric : measures.listMetrics()) {
            double value = metric.measure(all);
            if (!Double.isNaN(value)) {
                figures.put(metric.label() + measures.suffix(), Figure.of(value, metric.direction()));
            }
        }
    }

    private static Optional<Figure> figure(UserSums sums, PerCase perCase, String label, Direction direction) {
        double[] weights = perCase.weights(label);
        UserSums.Column column = sums.column(perCase.values(label), weights);
        if (column.numUsers() == 0) {
            return Optional.empty();
        }
        OptionalDouble error =
                column.numUsers() > 1 ? OptionalDouble.of(column.standardError()) : OptionalDouble.empty();
        return Optional.of(new Figure(column.mean(), error, Optional.empty(), undefined(weights), direction));
    }

    private static int undefined(double[] weights) {
        int count = 0;
        for (double weight : weights) {
            count += weight == 0 ? 1 : 0;
        }
        return count;
    }

    private List<String> userIds() {
        return cases.cases()
                .mapToObj(index -> cases.users().id(cases.user(index)))
                .toList();
    }
}
