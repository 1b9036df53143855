package io.github.recsys4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.split.HeldOut;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The worked examples of docs/metrics.md: three users, five items with 4, 2, 1, 1 and 0 training interactions. */
final class BeyondAccuracyTest {
    private static final double EXACT = 1e-12;
    private static final Vocabulary USERS = numbered(4);
    private static final Vocabulary ITEMS = numbered(5);
    private static final Dataset TRAIN = Dataset.of(
            USERS,
            ITEMS,
            Interactions.ofSorted(
                    new int[] {0, 3, 5, 6, 8},
                    new int[] {0, 1, 2, 0, 1, 0, 0, 3},
                    Optional.of(days(0, 1, 2, 3, 4, 5, 6, 9)),
                    Optional.empty()));
    private static final ItemPopularity POPULARITY = ItemPopularity.of(TRAIN);
    private static final HeldOut CASES = HeldOut.builder(USERS, ITEMS)
            .add(0, new int[] {1, 2}, new int[] {0, 3})
            .add(1, new int[] {1}, new int[] {4})
            .add(2, new int[0], new int[] {1})
            .build();
    private static final List<int[]> LISTS = List.of(new int[] {0, 3}, new int[] {0, 4}, new int[] {0, 1});
    private static final RankedLists RANKED = RankedLists.of(CASES, LISTS);

    private static Vocabulary numbered(int count) {
        return Vocabulary.of(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    private static long[] days(long... days) {
        return Arrays.stream(days).map(TimeUnit.DAYS::toMillis).toArray();
    }

    private static double first(Metric metric) {
        return metric.measure(RANKED.judged(0));
    }

    private static Map<String, Double> figures(List<ListMetric> metrics) {
        return metrics.stream().collect(Collectors.toMap(ListMetric::label, metric -> metric.measure(RANKED)));
    }

    @Test
    void ofLists_workedExample_givesTheValuesOfTheDocument() {
        Map<String, Double> figures = figures(BeyondAccuracy.ofLists(2));
        assertThat(figures.get("Coverage@2")).isCloseTo(0.8, within(EXACT));
        assertThat(figures.get("DistinctShare@2")).isCloseTo(4.0 / 6, within(EXACT));
        assertThat(figures.get("Gini@2")).isCloseTo(0.4, within(EXACT));
        assertThat(figures.get("Entropy@2")).isCloseTo(0.5 + 0.5 * Math.log(6) / Math.log(2), within(EXACT));
        assertThat(figures.get("Personalisation@2")).isCloseTo(0.5, within(EXACT));
    }

    @Test
    void popularity_workedExample_givesTheValuesOfTheDocument() {
        assertThat(first(BeyondAccuracy.meanPopularity(2, POPULARITY))).isCloseTo(2.5, within(EXACT));
        assertThat(first(BeyondAccuracy.popularityRank(2, POPULARITY))).isCloseTo(1.5, within(EXACT));
        assertThat(first(BeyondAccuracy.longTailShare(2, POPULARITY, 0.2))).isCloseTo(0.5, within(EXACT));
        assertThat(first(BeyondAccuracy.selfInformation(2, POPULARITY))).isCloseTo((1 + 3) / 2.0, within(EXACT));
        assertThat(first(BeyondAccuracy.inverseItemFrequency(2, POPULARITY))).isCloseTo(Math.log(4) / 2, within(EXACT));
        assertThat(first(BeyondAccuracy.serendipity(2, POPULARITY, 1))).isCloseTo(0.5, within(EXACT));
        Map<String, Double> spread = figures(BeyondAccuracy.popularityRankSpread(2, POPULARITY));
        assertThat(spread.get("PopularityRankMin@2")).isZero();
        assertThat(spread.get("PopularityRankMax@2")).isEqualTo(4);
        assertThat(spread.get("PopularityRankDeviation@2")).isCloseTo(Math.sqrt(26.0 / 6 - 16.0 / 9), within(EXACT));
    }

    @Test
    void content_workedExample_givesTheValuesOfTheDocument() {
        ItemVectors vectors = ItemVectors.of(new float[] {3, 4, 0, 2, 5, 0, 4, 3, 0, 0}, 2);
        assertThat(first(BeyondAccuracy.intraListSimilarity(2, vectors))).isCloseTo(0.96, within(1e-7));
        assertThat(first(BeyondAccuracy.intraListDistance(2, vectors))).isCloseTo(Math.sqrt(2), within(1e-7));
        double length = Math.sqrt(29);
        assertThat(first(BeyondAccuracy.historySimilarity(2, vectors)))
                .isCloseTo((23 / (5 * length) + 26 / (5 * length)) / 2, within(1e-7));
        Categories categories = Categories.of(
                List.of(List.of("a", "b"), List.of(), List.of("c"), List.of("b", "c", "d", "b"), List.of("a")));
        assertThat(first(BeyondAccuracy.categoryDiversity(2, categories))).isCloseTo(0.75, within(EXACT));
        assertThat(BeyondAccuracy.intraListSimilarity(2, vectors).weight(RANKED.judged(1)))
                .isZero();
        assertThat(BeyondAccuracy.categoryDiversity(2, categories).weight(RANKED.judged(2)))
                .isZero();
    }

    @Test
    void time_workedExample_givesTheValuesOfTheDocument() {
        ItemTimes times = ItemTimes.of(TRAIN);
        assertThat(first(BeyondAccuracy.freshness(2, times, Duration.ofDays(1))))
                .isCloseTo(0.5, within(EXACT));
        assertThat(BeyondAccuracy.freshness(2, times, Duration.ofDays(1)).measure(RANKED.judged(1)))
                .as("item 4 is newer than training")
                .isCloseTo(0.5, within(EXACT));
        assertThat(first(BeyondAccuracy.temporalDiversity(2, times))).isCloseTo(4.5, within(EXACT));
        assertThat(BeyondAccuracy.unseenShare(2).measure(Judged.of(new int[] {1, 4}, CASES, 0)))
                .isCloseTo(0.5, within(EXACT));
    }

    @Test
    void personalisation_anyLists_equalsTheMeanOverAllPairs() {
        Random random = new Random(3);
        HeldOut cases = MetricContract.cases(random, MetricContract.ITEMS);
        List<int[]> lists = cases.cases()
                .mapToObj(index -> Arrays.copyOf(MetricContract.shuffled(random), 1 + random.nextInt(8)))
                .toList();
        double sum = 0;
        int pairs = 0;
        for (int a = 0; a < lists.size(); a++) {
            for (int b = a + 1; b < lists.size(); b++) {
                int[] other = lists.get(b);
                long common = Arrays.stream(lists.get(a))
                        .filter(item -> Arrays.stream(other).anyMatch(one -> one == item))
                        .count();
                sum += common / Math.sqrt((double) lists.get(a).length * other.length);
                pairs++;
            }
        }
        assertThat(BeyondAccuracy.personalisation(8).measure(RankedLists.of(cases, lists)))
                .isCloseTo(1 - sum / pairs, within(EXACT));
    }

    @Test
    void groups_workedExample_giveTheValuesOfTheDocument() {
        Groups users = Groups.of(List.of("new", "new", "old", "absent"));
        assertThat(figures(GroupMetrics.accuracyByUsers(new Recall(2), users)))
                .containsEntry("Recall@2 [new]", 1.0)
                .containsEntry("Recall@2 [old]", 1.0)
                .containsEntry("Recall@2 [absent]", Double.NaN)
                .containsEntry("Recall@2 [gap]", 0.0);
        assertThat(figures(GroupMetrics.accuracyByUsers(new Recall(1), users)))
                .containsEntry("Recall@1 [new]", 0.25)
                .containsEntry("Recall@1 [gap]", 0.25);
        assertThat(figures(GroupMetrics.exposureByUsers(2, users)))
                .containsEntry("DistinctShare@2 [new]", 0.75)
                .containsEntry("DistinctShare@2 [old]", 1.0)
                .containsEntry("DistinctShare@2 [gap]", 0.25);
        Groups providers = Groups.of(List.of("a", "b", "b", "c", "c"));
        assertThat(figures(GroupMetrics.exposureByProviders(2, providers)))
                .containsEntry("Exposure@2 [a]", 0.5)
                .containsEntry("Exposure@2 [b]", 1.0 / 6)
                .containsEntry("Exposure@2 [c]", 2.0 / 6)
                .hasEntrySatisfying("Exposure@2 [gap]", gap -> assertThat(gap).isCloseTo(1.0 / 3, within(EXACT)))
                .hasEntrySatisfying(
                        "Exposure@2 [Gini]", gini -> assertThat(gini).isCloseTo(2.0 / 9, within(EXACT)));
        assertThat(figures(GroupMetrics.accuracyByProviders(1, providers)))
                .containsEntry("TargetsFound@1 [a]", 1.0)
                .containsEntry("TargetsFound@1 [b]", 0.0)
                .containsEntry("TargetsFound@1 [c]", 0.0)
                .containsEntry("TargetsFound@1 [gap]", 1.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GroupMetrics.accuracyByUsers(new Auc(), users))
                .withMessage("metric AUC must have a cut-off to be measured by group");
    }

    @Test
    void ranks_workedExample_giveTheValuesOfTheDocument() {
        Judged judged = Judged.of(new int[0], new int[] {7, 8, 9}).with(Standing.of(new double[] {6, 1, 3}, 10));
        assertThat(new Auc().measure(judged)).isCloseTo(1 - 4.0 / 21, within(EXACT));
        assertThat(new GroupedAuc().weight(judged)).isEqualTo(3);
        assertThat(new AverageRank().measure(judged)).isCloseTo(10.0 / 3, within(EXACT));
        assertThat(new MedianRank().measure(judged)).isEqualTo(3);
        assertThat(new MedianRank().measure(judged.with(Standing.of(new double[] {1, 6}, 10))))
                .isEqualTo(3.5);
        assertThat(new RPrecision(10).measure(Judged.of(new int[] {10, 0, 11, 1, 2, 12}, new int[] {12, 10, 13, 11})))
                .isEqualTo(0.5);
        assertThat(new Auc().weight(judged.with(Standing.of(new double[0], 10))))
                .isZero();
        assertThatIllegalStateException()
                .isThrownBy(() -> Judged.of(new int[0], new int[] {1}).standing())
                .withMessage("standing is not known: the metric's k() must be Metric.WHOLE");
    }

    @Test
    void standing_itemsThatTheListLacks_shareTheRanksBehindIt() {
        Standing standing = Standing.of(new int[] {4, 2, 7}, new int[] {2, 5, 6}, 10);
        assertThat(standing.ranks()).containsExactly(2, 7, 7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Standing.of(new double[] {11}, 10))
                .withMessage("ranks must be from 1 to the number of candidates 10, got [11.0]");
    }

    @Test
    void gradedNdcg_workedExample_givesTheValueOfTheDocument() {
        Gains stars = (user, item) -> item == 12 ? 3 : 1;
        Judged judged = Judged.of(new int[] {10, 0, 11, 1, 2, 12}, new int[] {12, 10, 13, 11});
        double log3 = Math.log(3) / Math.log(2);
        double log5 = Math.log(5) / Math.log(2);
        double log7 = Math.log(7) / Math.log(2);
        double ideal = 3 + 1 / log3 + 0.5 + 1 / log5;
        assertThat(new GradedNdcg(10, stars).measure(judged)).isCloseTo((1.5 + 3 / log7) / ideal, within(EXACT));
        assertThat(new GradedNdcg(10, stars.exponential()).measure(judged))
                .isCloseTo((1.5 + 7 / log7) / (ideal + 4), within(EXACT));
        assertThat(new GradedNdcg(10, (user, item) -> 0).weight(judged)).isZero();
    }

    @Test
    void gains_ofADataset_areItsValues() {
        Dataset rated = Dataset.of(
                numbered(2),
                ITEMS,
                Interactions.ofSorted(
                        new int[] {0, 1, 2}, new int[] {3, 4}, Optional.empty(), Optional.of(new float[] {5, 2})));
        Gains gains = Gains.of(rated);
        assertThat(gains.gain(0, 3)).isEqualTo(5);
        assertThat(gains.gain(1, 4)).isEqualTo(2);
        assertThat(gains.gain(1, 3)).isZero();
    }

    @Test
    void create_wrongSettings_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BeyondAccuracy.longTailShare(2, POPULARITY, 20))
                .withMessage("head must be a share from 0 to 1, such as 0.2, got 20.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BeyondAccuracy.serendipity(2, POPULARITY, -1))
                .withMessage("expected must be a number of items of at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemVectors.of(new float[3], 2))
                .withMessage("vectors must hold whole rows of dim = 2 floats, got 3 floats");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemVectors.of(new float[] {0, Float.NaN}, 1))
                .withMessage("vectors must be finite, got NaN in row 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemVectors.of(new float[0], 0))
                .withMessage("dim must be at least 1, got 0");
        Dataset timeless = Dataset.of(
                numbered(1),
                ITEMS,
                Interactions.ofSorted(new int[] {0, 1}, new int[] {3}, Optional.empty(), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemTimes.of(timeless))
                .withMessage("interactions must have times to say how new an item is: load a time column");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RankedLists.of(CASES, List.of()))
                .withMessage("lists must have one entry per case = 3, got 0");
    }
}
