package io.github.recsys4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.metric.BeyondAccuracy;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Metrics;
import io.github.recsys4j.split.HeldOut;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A recommender that gives fewer than k items is measured as if the missing places were misses. */
class FewerThanAskedTest {
    private static final HeldOut CASES = HeldOut.builder(ToyModels.numbered(3), ToyModels.numbered(20))
            .add(0, new int[] {4, 5}, new int[] {2})
            .add(2, new int[] {6}, new int[] {1, 7})
            .build();

    private static Recommender always(String... ids) {
        return new ToyModels.Scripted(request -> IntStream.range(0, ids.length)
                .mapToObj(place -> new Recommendation(ids[place], -place))
                .toList());
    }

    private static EvaluationReport measure(Recommender recommender) {
        List<Metric> metrics = new ArrayList<>(Metrics.at(10));
        metrics.add(BeyondAccuracy.unseenShare(10));
        return Evaluator.builder()
                .metrics(metrics)
                .listMetrics(List.of(BeyondAccuracy.coverage(10), BeyondAccuracy.distinctShare(10)))
                .build()
                .evaluate(recommender, CASES);
    }

    @Test
    void evaluate_twoItemsForTen_missingPlacesAreMisses() {
        EvaluationReport report = measure(always("0", "2"));
        double second = Math.log(2) / Math.log(3);

        assertThat(report.metric("NDCG@10")).isCloseTo(second / 2, within(1e-12));
        assertThat(report.metric("Recall@10")).isEqualTo(0.5);
        assertThat(report.metric("HitRate@10")).isEqualTo(0.5);
        assertThat(report.metric("MRR@10")).isEqualTo(0.25);
        assertThat(report.metric("MAP@10")).isEqualTo(0.25);
        assertThat(report.metric("Precision@10"))
                .as("divided by k, not by what was given")
                .isEqualTo(0.05);
        assertThat(report.metric("F1@10")).isCloseTo((2 * 0.1 / 1.1) / 2, within(1e-12));
    }

    @Test
    void evaluate_twoItemsForTen_sharesAreOfWhatWasGiven() {
        EvaluationReport report = measure(always("0", "2"));

        assertThat(report.metric("UnseenShare@10")).isEqualTo(1);
        assertThat(report.metric("Coverage@10")).isEqualTo(0.1);
        assertThat(report.metric("DistinctShare@10")).isEqualTo(0.5);
    }

    @Test
    void evaluate_nothingAtAll_isZeroWhereThatIsDefined() {
        ModelResult result = measure(always()).models().get(0);

        assertThat(result.metrics()).containsEntry("NDCG@10", 0.0).containsEntry("Precision@10", 0.0);
        assertThat(result.metrics()).containsEntry("Coverage@10", 0.0);
        assertThat(result.metrics()).doesNotContainKeys("UnseenShare@10", "DistinctShare@10");
    }
}
