package io.github.recsys4j.examples.cli;

import com.google.common.primitives.Ints;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Metrics;
import java.util.List;

/** Metrics by the label they have in reports. */
final class MetricNames {
    private MetricNames() {}

    /** Finds a metric by a label such as {@code NDCG@10}, in upper or lower case. */
    static Metric metric(String label) {
        int at = label.indexOf('@');
        Integer k = at < 0 ? null : Ints.tryParse(label.substring(at + 1));
        if (k == null || k < 1) {
            throw new IllegalArgumentException(
                    "metric must be a name, @ and a cut-off of at least 1, such as NDCG@10, got \"" + label + "\"");
        }
        List<Metric> known = Metrics.at(k);
        return known.stream()
                .filter(metric -> metric.label().equalsIgnoreCase(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("metric must be one of "
                        + known.stream().map(Metric::label).toList() + ", got \"" + label + "\""));
    }

    /** Gives the labels that reports have when nobody chooses. */
    static List<String> standard() {
        return Metrics.standard().stream().map(Metric::label).toList();
    }
}
