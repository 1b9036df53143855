package io.github.recsys4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricsTest {
    private static final double EXACT = 1e-12;

    @ParameterizedTest(name = "the held-out item at rank {0}")
    @CsvSource({
        "1, 1.0, 1, 1.0, 0.1, 0.18181818181818182",
        "2, 0.6309297535714575, 1, 0.5, 0.1, 0.18181818181818182",
        "3, 0.5, 1, 0.3333333333333333, 0.1, 0.18181818181818182",
        "10, 0.2890648263178878, 1, 0.1, 0.1, 0.18181818181818182",
        "11, 0, 0, 0, 0, 0"
    })
    void measure_leaveOneOut_dependsOnlyOnRank(
            int rank, double ndcg, double hit, double reciprocal, double precision, double f1) {
        Judged judged = Judged.of(IntStream.range(0, 20).toArray(), new int[] {rank - 1});
        assertThat(new Ndcg(10).measure(judged)).isCloseTo(ndcg, within(EXACT));
        assertThat(new HitRate(10).measure(judged)).isEqualTo(hit);
        assertThat(new Recall(10).measure(judged)).isEqualTo(hit);
        assertThat(new MeanReciprocalRank(10).measure(judged)).isCloseTo(reciprocal, within(EXACT));
        assertThat(new MeanAveragePrecision(10).measure(judged)).isCloseTo(reciprocal, within(EXACT));
        assertThat(new Precision(10).measure(judged)).isCloseTo(precision, within(EXACT));
        assertThat(new F1(10).measure(judged)).isCloseTo(f1, within(EXACT));
    }

    /** Relevant: 4 items; hits at ranks 1, 3 and 6 of 6. Worked out by hand in docs/metrics.md. */
    @ParameterizedTest(name = "{0} at {1} is {2}")
    @CsvSource({
        "Precision, 3, 0.6666666666666666", "Precision, 10, 0.3",
        "Recall, 3, 0.5", "Recall, 10, 0.75",
        "F1, 3, 0.5714285714285714", "F1, 10, 0.42857142857142855",
        "HitRate, 3, 1", "HitRate, 10, 1",
        "MRR, 3, 1", "MRR, 10, 1",
        "MAP, 3, 0.5555555555555555", "MAP, 10, 0.5416666666666666",
        "NDCG, 3, 0.7039180890341347", "NDCG, 10, 0.7246262544989281"
    })
    void measure_workedExample_givesTheValueOfTheDocument(String name, int k, double expected) {
        Judged judged = Judged.of(new int[] {10, 0, 11, 1, 2, 12}, new int[] {12, 10, 13, 11});
        assertThat(named(name, k).measure(judged)).isCloseTo(expected, within(EXACT));
    }

    private static Metric named(String name, int k) {
        return Metrics.at(k).stream()
                .filter(metric -> metric.label().equals(name + "@" + k))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void measure_anyRanking_equalsTheDefinitionSpelledOut(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int[] ranked =
                    random.ints(0, 30).distinct().limit(random.nextInt(25)).toArray();
            int[] relevant = random.ints(1 + random.nextInt(12), 0, 30).toArray();
            int k = 1 + random.nextInt(15);
            Judged judged = Judged.of(ranked, relevant);
            Spelled spelled = new Spelled(
                    Arrays.stream(ranked).boxed().toList(),
                    Arrays.stream(relevant).boxed().collect(Collectors.toSet()));
            assertThat(new Precision(k).measure(judged)).isCloseTo(spelled.precision(k), within(EXACT));
            assertThat(new Recall(k).measure(judged)).isCloseTo(spelled.recall(k), within(EXACT));
            assertThat(new F1(k).measure(judged)).isCloseTo(spelled.f1(k), within(EXACT));
            assertThat(new HitRate(k).measure(judged)).isEqualTo(spelled.hits(k) > 0 ? 1 : 0);
            assertThat(new Ndcg(k).measure(judged)).isCloseTo(spelled.ndcg(k), within(EXACT));
            assertThat(new MeanReciprocalRank(k).measure(judged)).isCloseTo(spelled.mrr(k), within(EXACT));
            assertThat(new MeanAveragePrecision(k).measure(judged)).isCloseTo(spelled.map(k), within(EXACT));
        }
    }

    /** The formulas of the documentation on sets, term by term and slowly. */
    private record Spelled(List<Integer> ranked, Set<Integer> relevant) {
        long hits(int k) {
            return ranked.stream().limit(k).filter(relevant::contains).count();
        }

        double precision(int k) {
            return hits(k) * 1.0 / k;
        }

        double recall(int k) {
            return hits(k) * 1.0 / relevant.size();
        }

        double f1(int k) {
            double sum = precision(k) + recall(k);
            return sum == 0 ? 0 : 2 * precision(k) * recall(k) / sum;
        }

        double ndcg(int k) {
            double gain = 0;
            double ideal = 0;
            for (int rank = 1; rank <= k; rank++) {
                double discount = 1 / (Math.log(rank + 1) / Math.log(2));
                gain += rank <= ranked.size() && relevant.contains(ranked.get(rank - 1)) ? discount : 0;
                ideal += rank <= relevant.size() ? discount : 0;
            }
            return gain / ideal;
        }

        double mrr(int k) {
            for (int place = 0; place < Math.min(k, ranked.size()); place++) {
                if (relevant.contains(ranked.get(place))) {
                    return 1.0 / (place + 1);
                }
            }
            return 0;
        }

        double map(int k) {
            double sum = 0;
            for (int rank = 1; rank <= Math.min(k, ranked.size()); rank++) {
                sum += relevant.contains(ranked.get(rank - 1)) ? precision(rank) : 0;
            }
            return sum / Math.min(k, relevant.size());
        }
    }

    static List<Metric> standard() {
        return Metrics.standard();
    }

    @ParameterizedTest
    @MethodSource("standard")
    void measure_noRelevantItem_throwsNamingTheMetric(Metric metric) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric.measure(Judged.of(new int[] {1}, new int[0])))
                .withMessage("relevant must not be empty: " + metric.label() + " is undefined without a held-out item");
    }

    @ParameterizedTest
    @MethodSource("standard")
    void measure_nothingRecommended_isZero(Metric metric) {
        assertThat(metric.measure(Judged.of(new int[0], new int[] {1}))).isZero();
    }

    @Test
    void label_always_namesMetricAndCutoff() {
        assertThat(Metrics.standard().stream().map(Metric::label))
                .containsExactly(
                        "NDCG@10", "Recall@10", "Recall@1", "HitRate@10", "MRR@10", "MAP@10", "Precision@10", "F1@10");
        assertThat(Metrics.at(1, 20)).hasSize(14).extracting(Metric::k).containsOnly(1, 20);
        assertThat(Metrics.standard()).extracting(Metric::definition).doesNotHaveDuplicates();
    }

    @Test
    void create_cutoffBelowOne_throwsNamingTheMetric() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeanReciprocalRank(0))
                .withMessage("k of MRR must be at least 1, got 0");
    }

    @Test
    void judged_itemRankedTwice_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Judged.of(new int[] {1, 2, 1}, new int[] {1}))
                .withMessage("ranked must hold each item once, got 2 distinct ones among 3");
    }

    @Test
    void judged_ranks_countFromOne() {
        Judged judged = Judged.of(new int[] {4, 5}, new int[] {5, 5, 9});
        assertThat(judged.numRelevant()).isEqualTo(2);
        assertThat(judged.isHit(1)).isFalse();
        assertThat(judged.isHit(2)).isTrue();
        assertThat(judged.isHit(3)).isFalse();
        assertThat(judged.item(2)).isEqualTo(5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> judged.isHit(0))
                .withMessage("rank must be at least 1, got 0");
    }
}
