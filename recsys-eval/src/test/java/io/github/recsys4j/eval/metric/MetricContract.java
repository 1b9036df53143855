package io.github.recsys4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every metric of a case promises; one of one's own is held to it by a subclass. */
public abstract class MetricContract {
    static final int ITEMS = 30;
    private static final int K = 5;

    /**
     * Makes the metric over {@value #ITEMS} items.
     *
     * @param k the cut-off; ignored by a metric without one
     */
    protected abstract Metric metric(int k);

    /** {@return the least value} */
    protected double least() {
        return 0;
    }

    /** {@return the greatest value} */
    protected double greatest() {
        return 1;
    }

    /** {@return whether a perfect list scores {@link #greatest()} and a list without a hit {@link #least()}} */
    protected boolean isAccuracy() {
        return true;
    }

    private boolean isWhole() {
        return metric(K).k() == Metric.WHOLE;
    }

    static HeldOut cases(Random random, int count) {
        Vocabulary items = Vocabulary.of(
                IntStream.range(0, ITEMS).mapToObj(String::valueOf).toList());
        HeldOut.Builder cases = HeldOut.builder(items, items);
        for (int user = 0; user < count; user++) {
            int[] history = random.ints(random.nextInt(6), 0, ITEMS).toArray();
            cases.add(
                    user, history, random.ints(1 + random.nextInt(8), 0, ITEMS).toArray());
        }
        return cases.build();
    }

    static int[] shuffled(Random random) {
        return random.ints(0, ITEMS).distinct().limit(ITEMS).toArray();
    }

    private static Judged judged(int[] order, int length, HeldOut cases, int index) {
        Judged judged = Judged.of(Arrays.copyOf(order, length), cases, index);
        return judged.with(Standing.of(order, judged.relevant(), ITEMS));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void measure_anyCase_isInRangeWherePositiveWeightSaysItIsDefined(long seed) {
        Random random = new Random(seed);
        HeldOut cases = cases(random, ITEMS);
        int defined = 0;
        for (int index = 0; index < cases.size(); index++) {
            Judged judged = judged(shuffled(random), random.nextInt(12), cases, index);
            double weight = metric(K).weight(judged);
            assertThat(weight).isGreaterThanOrEqualTo(0).isFinite();
            if (weight > 0) {
                assertThat(metric(K).measure(judged)).isBetween(least() - 1e-9, greatest() + 1e-9);
                defined++;
            }
        }
        assertThat(defined).isPositive();
    }

    @Test
    void measure_placesBeyondTheCutoff_changeNothing() {
        Random random = new Random(4);
        HeldOut cases = cases(random, ITEMS);
        for (int index = 0; index < cases.size(); index++) {
            int[] order = shuffled(random);
            Judged cut = judged(order, isWhole() ? ITEMS : K, cases, index);
            Judged uncut = judged(order, ITEMS, cases, index);
            assertThat(metric(K).weight(uncut)).isEqualTo(metric(K).weight(cut));
            if (metric(K).weight(cut) > 0) {
                assertThat(metric(K).measure(uncut)).isEqualTo(metric(K).measure(cut));
            }
        }
    }

    @Test
    void measure_twice_givesTheSame() {
        Random random = new Random(5);
        HeldOut cases = cases(random, 1);
        Judged judged = judged(new int[] {3, 1, 4, 15, 9, 2, 6}, 7, cases, 0);
        Metric metric = metric(K);
        double once = metric.measure(judged);
        assertThat(metric.measure(judged)).isEqualTo(once);
        assertThat(metric(K).measure(judged)).isEqualTo(once);
    }

    @Test
    void measure_perfectAndHopelessList_areTheEndsOfAnAccuracyMetric() {
        if (!isAccuracy()) {
            assertThat(metric(K).direction()).isEqualTo(Direction.NEUTRAL);
            return;
        }
        HeldOut cases = cases(new Random(6), ITEMS);
        for (int index = 0; index < cases.size(); index++) {
            int[] targets = Judged.sortedDistinct(cases.targets(index));
            IntFunction<int[]> order =
                    first -> IntStream.concat(IntStream.of(targets).filter(item -> first == 1), others(targets))
                            .toArray();
            Metric metric = metric(targets.length);
            int[] perfect = order.apply(1);
            double best = metric.measure(judged(perfect, perfect.length, cases, index));
            double worst = metric.measure(judged(
                    IntStream.concat(others(targets), IntStream.of(targets)).toArray(), 0, cases, index));
            boolean higher = metric.direction() == Direction.HIGHER_IS_BETTER;
            assertThat(higher ? best > worst : best < worst).as(metric.label()).isTrue();
            if (higher) {
                assertThat(best).isCloseTo(greatest(), within(1e-12));
                assertThat(worst).isCloseTo(least(), within(1e-12));
            }
        }
    }

    private static IntStream others(int[] targets) {
        return IntStream.range(0, ITEMS).filter(item -> Arrays.binarySearch(targets, item) < 0);
    }

    @Test
    void label_always_namesTheCutoffAndTheDefinitionIsALine() {
        Metric metric = metric(K);
        assertThat(metric.definition()).isNotBlank().doesNotContain("\n");
        if (isWhole()) {
            assertThat(metric.label()).doesNotContain("@");
        } else {
            assertThat(metric.label()).endsWith("@" + K);
            assertThat(metric.k()).isEqualTo(K);
        }
    }

    @Test
    void create_cutoffBelowOne_isRefusedNamingTheMetric() {
        if (!isWhole()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> metric(0))
                    .withMessageMatching("k of .* must be at least 1, got 0");
        }
    }
}
