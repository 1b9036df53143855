package io.github.recsys4j.eval.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Ready-made lists of metrics. */
public final class Metrics {
    private Metrics() {}

    /** {@return NDCG, recall, hit rate, MRR, MAP, precision and F1 at 10, and recall at 1} */
    public static List<Metric> standard() {
        return List.of(
                new Ndcg(10),
                new Recall(10),
                new Recall(1),
                new HitRate(10),
                new MeanReciprocalRank(10),
                new MeanAveragePrecision(10),
                new Precision(10),
                new F1(10));
    }

    /**
     * Gives all seven metrics at each cut-off.
     *
     * @param cutoffs how many recommendations count, each at least 1
     * @return the metrics, cut-off by cut-off
     * @throws IllegalArgumentException if a cut-off is below 1
     */
    public static List<Metric> at(int... cutoffs) {
        return Arrays.stream(cutoffs).boxed().flatMap(Metrics::allAt).toList();
    }

    private static Stream<Metric> allAt(int k) {
        return Stream.of(
                new Ndcg(k),
                new Recall(k),
                new HitRate(k),
                new MeanReciprocalRank(k),
                new MeanAveragePrecision(k),
                new Precision(k),
                new F1(k));
    }
}
