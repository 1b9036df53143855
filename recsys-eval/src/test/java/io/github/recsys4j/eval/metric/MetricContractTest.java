package io.github.recsys4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Every metric keeps the contract of metrics; a metric that is not held to it fails the last test. */
final class MetricContractTest {
    private static final int ITEMS = MetricContract.ITEMS;
    private static final Gains GAINS = (user, item) -> ITEMS - item;
    private static final Dataset TRAIN = train();
    private static final ItemPopularity POPULARITY = ItemPopularity.of(TRAIN);
    private static final ItemTimes TIMES = ItemTimes.of(TRAIN);
    private static final ItemVectors VECTORS = vectors();
    private static final Categories CATEGORIES = Categories.of(IntStream.range(0, ITEMS)
            .mapToObj(item -> List.of("all", "mod" + item % 4, "mod" + item % 7).subList(item % 3 == 0 ? 0 : 1, 3))
            .toList());
    private static final Groups GROUPS = Groups.of(
            IntStream.range(0, ITEMS).mapToObj(index -> "group" + index % 3).toList());

    /** Item i has i + 1 interactions of as many users, one a day. */
    private static Dataset train() {
        Vocabulary numbers = Vocabulary.of(
                IntStream.range(0, ITEMS).mapToObj(String::valueOf).toList());
        int[] offsets = new int[ITEMS + 1];
        IntStream.range(0, ITEMS).forEach(user -> offsets[user + 1] = offsets[user] + ITEMS - user);
        int[] items = IntStream.range(0, ITEMS)
                .flatMap(user -> IntStream.range(user, ITEMS))
                .toArray();
        long[] times = Arrays.stream(items)
                .mapToLong(item -> TimeUnit.DAYS.toMillis(item))
                .toArray();
        return Dataset.of(
                numbers, numbers, Interactions.ofSorted(offsets, items, Optional.of(times), Optional.empty()));
    }

    private static ItemVectors vectors() {
        Random random = new Random(8);
        float[] vectors = new float[ITEMS * 4];
        for (int i = 4; i < vectors.length; i++) {
            vectors[i] = (float) random.nextGaussian();
        }
        return ItemVectors.of(vectors, 4);
    }

    @Nested
    final class PrecisionTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new Precision(k);
        }
    }

    @Nested
    final class RecallTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new Recall(k);
        }
    }

    @Nested
    final class F1Test extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new F1(k);
        }
    }

    @Nested
    final class HitRateTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new HitRate(k);
        }
    }

    @Nested
    final class NdcgTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new Ndcg(k);
        }
    }

    @Nested
    final class MeanReciprocalRankTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new MeanReciprocalRank(k);
        }
    }

    @Nested
    final class MeanAveragePrecisionTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new MeanAveragePrecision(k);
        }
    }

    @Nested
    final class RPrecisionTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new RPrecision(k);
        }
    }

    @Nested
    final class GradedNdcgTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new GradedNdcg(k, GAINS);
        }
    }

    @Nested
    final class AucTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new Auc();
        }
    }

    @Nested
    final class GroupedAucTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new GroupedAuc();
        }
    }

    @Nested
    final class AverageRankTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new AverageRank();
        }

        @Override
        protected double least() {
            return 1;
        }

        @Override
        protected double greatest() {
            return ITEMS;
        }
    }

    @Nested
    final class MedianRankTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return new MedianRank();
        }

        @Override
        protected double least() {
            return 1;
        }

        @Override
        protected double greatest() {
            return ITEMS;
        }
    }

    @Nested
    final class SerendipityTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.serendipity(k, POPULARITY, 0);
        }
    }

    @Nested
    final class MeanPopularityTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.meanPopularity(k, POPULARITY);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double greatest() {
            return 1e6;
        }
    }

    @Nested
    final class PopularityRankTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.popularityRank(k, POPULARITY);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double greatest() {
            return ITEMS;
        }
    }

    @Nested
    final class LongTailShareTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.longTailShare(k, POPULARITY, 0.2);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }
    }

    @Nested
    final class SelfInformationTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.selfInformation(k, POPULARITY);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double greatest() {
            return 64;
        }
    }

    @Nested
    final class InverseItemFrequencyTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.inverseItemFrequency(k, POPULARITY);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double greatest() {
            return 64;
        }
    }

    @Nested
    final class IntraListSimilarityTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.intraListSimilarity(k, VECTORS);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double least() {
            return -1;
        }
    }

    @Nested
    final class IntraListDistanceTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.intraListDistance(k, VECTORS);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double greatest() {
            return 1e6;
        }
    }

    @Nested
    final class HistorySimilarityTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.historySimilarity(k, VECTORS);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double least() {
            return -1;
        }
    }

    @Nested
    final class CategoryDiversityTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.categoryDiversity(k, CATEGORIES);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }
    }

    @Nested
    final class UnseenShareTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.unseenShare(k);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }
    }

    @Nested
    final class FreshnessTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.freshness(k, TIMES, Duration.ofDays(3));
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }
    }

    @Nested
    final class TemporalDiversityTest extends MetricContract {
        @Override
        protected Metric metric(int k) {
            return BeyondAccuracy.temporalDiversity(k, TIMES);
        }

        @Override
        protected boolean isAccuracy() {
            return false;
        }

        @Override
        protected double greatest() {
            return 1e6;
        }
    }

    @Nested
    final class OfListsTest extends ListMetricContract {
        @Override
        protected List<ListMetric> metrics(int k) {
            return BeyondAccuracy.ofLists(k);
        }

        @Override
        protected double greatest() {
            return Math.log(ITEMS) / Math.log(2);
        }
    }

    @Nested
    final class SpreadTest extends ListMetricContract {
        @Override
        protected List<ListMetric> metrics(int k) {
            return BeyondAccuracy.popularityRankSpread(k, POPULARITY);
        }

        @Override
        protected double greatest() {
            return ITEMS;
        }
    }

    @Nested
    final class AccuracyByUsersTest extends ListMetricContract {
        @Override
        protected List<ListMetric> metrics(int k) {
            return GroupMetrics.accuracyByUsers(new Recall(k), GROUPS);
        }
    }

    @Nested
    final class ExposureByUsersTest extends ListMetricContract {
        @Override
        protected List<ListMetric> metrics(int k) {
            return GroupMetrics.exposureByUsers(k, GROUPS);
        }
    }

    @Nested
    final class ExposureByProvidersTest extends ListMetricContract {
        @Override
        protected List<ListMetric> metrics(int k) {
            return GroupMetrics.exposureByProviders(k, GROUPS);
        }
    }

    @Nested
    final class AccuracyByProvidersTest extends ListMetricContract {
        @Override
        protected List<ListMetric> metrics(int k) {
            return GroupMetrics.accuracyByProviders(k, GROUPS);
        }
    }

    @Test
    void everyMetricOfThePackage_isHeldToTheContract() throws ReflectiveOperationException {
        Set<String> held = new TreeSet<>();
        for (Class<?> nested : MetricContractTest.class.getDeclaredClasses()) {
            if (MetricContract.class.isAssignableFrom(nested)) {
                held.add(((MetricContract) made(nested)).metric(3).getClass().getSimpleName());
            } else if (ListMetricContract.class.isAssignableFrom(nested)) {
                ((ListMetricContract) made(nested))
                        .metrics(3)
                        .forEach(metric -> held.add(metric.getClass().getSimpleName()));
            }
        }
        assertThat(held).containsExactlyElementsOf(metrics());
    }

    /** Metrics that share a class are told apart by the methods that make them. */
    @Test
    void everyMethodThatMakesAMetric_isHeldToTheContract() {
        Set<String> called = new ClassFileImporter()
                .importPackages("io.github.recsys4j.eval.metric").stream()
                        .filter(type -> type.isAssignableTo(MetricContract.class)
                                || type.isAssignableTo(ListMetricContract.class))
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .map(call -> call.getTargetOwner().getSimpleName() + "." + call.getName())
                        .filter(name -> name.startsWith("BeyondAccuracy.") || name.startsWith("GroupMetrics."))
                        .collect(Collectors.toCollection(TreeSet::new));
        Stream.of("coverage", "gini", "entropy", "personalisation", "distinctShare")
                .forEach(inOfLists -> called.add("BeyondAccuracy." + inOfLists));
        Set<String> makers = Stream.of(BeyondAccuracy.class, GroupMetrics.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                .filter(name -> !name.equals("BeyondAccuracy.ofPopularity"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(called).containsExactlyElementsOf(makers);
    }

    private static Object made(Class<?> nested) throws ReflectiveOperationException {
        return nested.getDeclaredConstructor(MetricContractTest.class).newInstance(new MetricContractTest());
    }

    private static Set<String> metrics() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.github.recsys4j.eval.metric")
                        .stream()
                        .filter(type -> type.isAssignableTo(Metric.class) || type.isAssignableTo(ListMetric.class))
                        .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getSimpleName)
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
