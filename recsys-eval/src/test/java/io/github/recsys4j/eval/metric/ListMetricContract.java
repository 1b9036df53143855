package io.github.recsys4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.split.HeldOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every figure of all lists together promises. */
public abstract class ListMetricContract {
    private static final int K = 5;

    /**
     * Makes the metrics over {@value MetricContract#ITEMS} items and as many users.
     *
     * @param k the cut-off
     */
    protected abstract List<ListMetric> metrics(int k);

    /** {@return the greatest value} */
    protected double greatest() {
        return 1;
    }

    private static List<int[]> lists(HeldOut cases, Random random) {
        return cases.cases()
                .mapToObj(index -> Arrays.copyOf(MetricContract.shuffled(random), random.nextInt(10)))
                .toList();
    }

    @Test
    void measure_anyLists_isInRange() {
        Random random = new Random(1);
        HeldOut cases = MetricContract.cases(random, MetricContract.ITEMS);
        RankedLists lists = RankedLists.of(cases, lists(cases, random));
        for (ListMetric metric : metrics(K)) {
            assertThat(metric.measure(lists)).as(metric.label()).isBetween(-1e-9, greatest() + 1e-9);
        }
    }

    @Test
    void measure_casesInAnotherOrder_givesTheSame() {
        Random random = new Random(2);
        HeldOut cases = MetricContract.cases(random, MetricContract.ITEMS);
        List<int[]> lists = lists(cases, random);
        List<Integer> order = new ArrayList<>(cases.cases().boxed().toList());
        Collections.shuffle(order, random);
        int[] numbers = order.stream().mapToInt(Integer::intValue).toArray();
        RankedLists moved = RankedLists.of(
                cases.select(numbers), order.stream().map(lists::get).toList());
        for (ListMetric metric : metrics(K)) {
            assertThat(metric.measure(moved))
                    .as(metric.label())
                    .isCloseTo(metric.measure(RankedLists.of(cases, lists)), within(1e-9));
        }
    }

    @Test
    void measure_placesBeyondTheCutoff_changeNothing() {
        Random random = new Random(3);
        HeldOut cases = MetricContract.cases(random, MetricContract.ITEMS);
        List<int[]> lists = lists(cases, random);
        List<int[]> cut = lists.stream()
                .map(list -> Arrays.copyOf(list, Math.min(K, list.length)))
                .toList();
        for (ListMetric metric : metrics(K)) {
            assertThat(metric.measure(RankedLists.of(cases, cut)))
                    .as(metric.label())
                    .isEqualTo(metric.measure(RankedLists.of(cases, lists)));
        }
    }

    @Test
    void measure_nothingRecommended_isUndefinedOrZeroAndNoError() {
        HeldOut cases = MetricContract.cases(new Random(4), 3);
        RankedLists nothing = RankedLists.of(
                cases, IntStream.range(0, 3).mapToObj(index -> new int[0]).toList());
        for (ListMetric metric : metrics(K)) {
            double value = metric.measure(nothing);
            assertThat(Double.isNaN(value) || value == 0).as(metric.label()).isTrue();
        }
    }

    @Test
    void create_always_namesItselfAndChecksTheCutoff() {
        List<ListMetric> metrics = metrics(K);
        assertThat(metrics).extracting(ListMetric::label).doesNotHaveDuplicates();
        for (ListMetric metric : metrics) {
            assertThat(metric.label()).contains("@" + K);
            assertThat(metric.k()).isEqualTo(K);
            assertThat(metric.definition()).isNotBlank().doesNotContain("\n");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metrics(0))
                .withMessageMatching("k of .* must be at least 1, got 0");
    }
}
