package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.eval.metric.Judged;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.split.HeldOut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Turns rankings into means; sums run in the order of the cases, so the result never depends on threads. */
final class Summary {
    private final HeldOut cases;
    private final List<Metric> metrics;
    private final double[][] values;
    private final double[][] weights;

    Summary(HeldOut cases, List<Metric> metrics) {
        this.cases = cases;
        this.metrics = metrics;
        values = new double[metrics.size()][cases.size()];
        weights = new double[metrics.size()][cases.size()];
    }

    /** Measures one case; different cases may be measured by different threads. */
    void accept(int index, Judged judged) {
        for (int m = 0; m < values.length; m++) {
            double weight = metrics.get(m).weight(judged);
            weights[m][index] = weight;
            values[m][index] = weight > 0 ? checked(metrics.get(m), metrics.get(m).measure(judged)) : Double.NaN;
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
            columns.put(metrics.get(m).label(), values[m]);
            counting.put(metrics.get(m).label(), weights[m]);
        }
        PerCase perCase = new PerCase(userIds(), columns, counting);
        UserSums sums = new UserSums(perCase.userIds());
        Map<String, Figure> figures = new LinkedHashMap<>();
        metrics.forEach(metric -> figure(sums, perCase, metric).ifPresent(value -> figures.put(metric.label(), value)));
        return new ModelResult(name, figures, answeredByPopularity, Optional.of(perCase));
    }

    private static Optional<Figure> figure(UserSums sums, PerCase perCase, Metric metric) {
        double[] weights = perCase.weights(metric.label());
        UserSums.Column column = sums.column(perCase.values(metric.label()), weights);
        if (column.numUsers() == 0) {
            return Optional.empty();
        }
        OptionalDouble error =
                column.numUsers() > 1 ? OptionalDouble.of(column.standardError()) : OptionalDouble.empty();
        return Optional.of(
                new Figure(column.mean(), error, Optional.empty(), undefined(weights), metric.direction()));
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
