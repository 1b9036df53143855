package io.github.recsys4j.eval;

import io.github.recsys4j.eval.metric.Judged;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.split.HeldOut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns rankings into means; sums run in the order of the cases, so the result never depends on threads. */
final class Summary {
    private Summary() {}

    static ModelResult of(String name, Rankings rankings, HeldOut cases, List<Metric> metrics) {
        double[][] values = new double[metrics.size()][cases.size()];
        for (int index = 0; index < cases.size(); index++) {
            Judged judged = Judged.of(rankings.items().get(index), cases.targets(index));
            for (int m = 0; m < values.length; m++) {
                values[m][index] = checked(metrics.get(m), metrics.get(m).measure(judged));
            }
        }
        Map<String, Double> means = new LinkedHashMap<>();
        Map<String, Double> errors = new LinkedHashMap<>();
        for (int m = 0; m < values.length; m++) {
            String label = metrics.get(m).label();
            double mean = mean(values[m]);
            means.put(label, mean);
            if (values[m].length > 1) {
                errors.put(label, standardError(values[m], mean));
            }
        }
        return new ModelResult(name, means, errors, rankings.answeredByPopularity());
    }

    private static double checked(Metric metric, double value) {
        if (Double.isNaN(value)) {
            throw new IllegalArgumentException(
                    "metric " + metric.label() + " must give a number for every case, got NaN: check its measure");
        }
        return value;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double standardError(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / (values.length - 1.0) / values.length);
    }
}
