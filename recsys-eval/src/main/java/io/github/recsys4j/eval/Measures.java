package io.github.recsys4j.eval;

import io.github.recsys4j.eval.metric.ListMetric;
import io.github.recsys4j.eval.metric.Metric;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is measured, and what stands behind every label. */
record Measures(List<Metric> metrics, List<ListMetric> listMetrics, String suffix) {

    /** How many recommendations the metrics with a cut-off look at. */
    int k() {
        int longest = listK();
        for (Metric metric : metrics) {
            longest = metric.k() == Metric.WHOLE ? longest : Math.max(longest, metric.k());
        }
        return longest;
    }

    /** How many recommendations the whole-list metrics look at. */
    int listK() {
        return listMetrics.stream().mapToInt(ListMetric::k).max().orElse(1);
    }

    boolean whole() {
        return metrics.stream().anyMatch(metric -> metric.k() == Metric.WHOLE);
    }

    Map<String, String> definitions() {
        Map<String, String> definitions = new LinkedHashMap<>();
        metrics.forEach(metric -> definitions.put(metric.label() + suffix, metric.definition()));
        listMetrics.forEach(metric -> definitions.put(metric.label() + suffix, metric.definition()));
        return definitions;
    }
}
