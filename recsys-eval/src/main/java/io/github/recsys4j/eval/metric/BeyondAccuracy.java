package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Metrics of what is recommended, whether or not it is hit: how much of the catalogue, how popular, how alike, how new.
 *
 * <p>None of them is better in one direction by itself. Those of one list are {@link Metric}s, averaged over cases with
 * intervals; those of all lists together are {@link ListMetric}s. {@code docs/metrics.md} has formulas, sources and
 * worked examples.
 */
public final class BeyondAccuracy {
    /** The share of the items, most popular first, that are no long tail, unless said otherwise. */
    public static final double HEAD = 0.2;

    private BeyondAccuracy() {}

    /**
     * Gives coverage, Gini, entropy, personalisation and the share of distinct items.
     *
     * @param k how many recommendations of each list count, at least 1
     * @return the figures that need nothing but the lists
     */
    public static List<ListMetric> ofLists(int k) {
        return List.of(coverage(k), gini(k), entropy(k), personalisation(k), distinctShare(k));
    }

    /**
     * Gives mean popularity, popularity rank, long-tail share, self-information and inverse item frequency.
     *
     * @param k how many recommendations of each list count, at least 1
     * @param popularity of the items in training
     * @return the figures that need the items' popularity
     */
    public static List<Metric> ofPopularity(int k, ItemPopularity popularity) {
        return List.of(
                meanPopularity(k, popularity),
                popularityRank(k, popularity),
                longTailShare(k, popularity, HEAD),
                selfInformation(k, popularity),
                inverseItemFrequency(k, popularity));
    }

    /**
     * {@return catalogue coverage: distinct items in the first {@code k} of all lists / items of the catalogue}
     *
     * <p>Of the union of the lists: the mean of each list's share of the catalogue, which some call coverage, is
     * {@code k / items} for everybody.
     *
     * @param k how many recommendations of each list count
     */
    public static ListMetric coverage(int k) {
        return new ListFigure(
                "Coverage@" + k,
                k,
                "distinct items in the first " + k + " of all lists / items of the catalogue",
                Direction.NEUTRAL,
                (lists, cut) -> (double) distinct(lists, cut) / lists.numItems());
    }

    /**
     * {@return how many distinct items there are per recommendation, over all lists}
     *
     * @param k how many recommendations of each list count
     */
    public static ListMetric distinctShare(int k) {
        return new ListFigure(
                "DistinctShare@" + k,
                k,
                "distinct items in the first " + k + " of all lists / recommendations in them",
                Direction.NEUTRAL,
                (lists, cut) -> (double) distinct(lists, cut) / lists.total(cut));
    }

    private static long distinct(RankedLists lists, int k) {
        return Arrays.stream(lists.counts(k)).filter(count -> count > 0).count();
    }

    /**
     * {@return the Gini coefficient of how often each item of the catalogue is recommended: 0 if all equally, near 1 if
     * a few take everything}
     *
     * @param k how many recommendations of each list count
     */
    public static ListMetric gini(int k) {
        return new ListFigure(
                "Gini@" + k,
                k,
                "Gini coefficient of how often each item of the catalogue is in the first " + k,
                Direction.NEUTRAL,
                (lists, cut) -> Concentration.gini(
                        Arrays.stream(lists.counts(cut)).asDoubleStream().toArray()));
    }

    /**
     * {@return Shannon's entropy, in bits, of the items' shares of all recommendations}
     *
     * @param k how many recommendations of each list count
     */
    public static ListMetric entropy(int k) {
        return new ListFigure(
                "Entropy@" + k,
                k,
                "entropy in bits of the items' shares of the first " + k + " of all lists",
                Direction.NEUTRAL,
                (lists, cut) -> Concentration.entropy(lists.counts(cut)));
    }

    /**
     * {@return one less the mean cosine of two lists as sets: 0 if everybody gets the same, 1 if no item is shared}
     *
     * @param k how many recommendations of each list count
     */
    public static ListMetric personalisation(int k) {
        return new ListFigure(
                "Personalisation@" + k,
                k,
                "1 - mean cosine of the first " + k + " of two lists as binary vectors",
                Direction.NEUTRAL,
                Concentration::personalisation);
    }

    /**
     * {@return the mean number of training interactions of the recommended items}
     *
     * @param k how many recommendations count
     * @param popularity of the items in training
     */
    public static Metric meanPopularity(int k, ItemPopularity popularity) {
        return new ListMean("Popularity@" + k, k, "mean training interactions of the first " + k, popularity::count);
    }

    /**
     * {@return the mean place of the recommended items in the order of popularity, from 0 for the most popular}
     *
     * @param k how many recommendations count
     * @param popularity of the items in training
     */
    public static Metric popularityRank(int k, ItemPopularity popularity) {
        return new ListMean(
                "PopularityRank@" + k,
                k,
                "mean number of items that are more popular in training than an item of the first " + k,
                popularity::rank);
    }

    /**
     * Describes how the popularity ranks of all recommendations are spread.
     *
     * @param k how many recommendations of each list count
     * @param popularity of the items in training
     * @return their standard deviation (population form), the lowest and the highest
     */
    public static List<ListMetric> popularityRankSpread(int k, ItemPopularity popularity) {
        String of = " of the popularity ranks of the first " + k + " of all lists";
        return List.of(
                new ListFigure(
                        "PopularityRankDeviation@" + k,
                        k,
                        "standard deviation" + of,
                        Direction.NEUTRAL,
                        (lists, cut) -> TemporalDiversity.deviation(ranks(lists, cut, popularity))),
                new ListFigure(
                        "PopularityRankMin@" + k,
                        k,
                        "lowest" + of,
                        Direction.NEUTRAL,
                        (lists, cut) -> Arrays.stream(ranks(lists, cut, popularity))
                                .min()
                                .orElse(Double.NaN)),
                new ListFigure(
                        "PopularityRankMax@" + k,
                        k,
                        "highest" + of,
                        Direction.NEUTRAL,
                        (lists, cut) -> Arrays.stream(ranks(lists, cut, popularity))
                                .max()
                                .orElse(Double.NaN)));
    }

    private static double[] ranks(RankedLists lists, int k, ItemPopularity popularity) {
        double[] ranks = new double[(int) lists.total(k)];
        int next = 0;
        for (int index = 0; index < lists.size(); index++) {
            for (int place = 0; place < lists.length(index, k); place++) {
                ranks[next++] = popularity.rank(lists.item(index, place));
            }
        }
        return ranks;
    }

    /**
     * {@return the share of recommended items outside the most popular ones}
     *
     * @param k how many recommendations count
     * @param popularity of the items in training
     * @param head the share of the catalogue that is the head, from 0 to 1, such as {@link #HEAD}; cut down to whole
     *     items
     * @throws IllegalArgumentException if {@code head} is no share
     */
    public static Metric longTailShare(int k, ItemPopularity popularity, double head) {
        checkArgument(head >= 0 && head <= 1, "head must be a share from 0 to 1, such as 0.2, got %s", head);
        int size = (int) (head * popularity.numItems());
        return new ListMean(
                "LongTailShare@" + k,
                k,
                "share of the first " + k + " outside the " + size + " most popular items",
                item -> popularity.rank(item) >= size ? 1 : 0);
    }

    /**
     * {@return novelty as self-information: the mean of {@code -log2(share of the training interactions)}, in bits}
     *
     * <p>An item without interactions counts as if it had one.
     *
     * @param k how many recommendations count
     * @param popularity of the items in training
     */
    public static Metric selfInformation(int k, ItemPopularity popularity) {
        return new ListMean(
                "SelfInformation@" + k,
                k,
                "mean of -log2(max(training interactions, 1) / all training interactions) of the first " + k,
                item -> Math.log((double) popularity.total() / Math.max(1, popularity.count(item))) / Math.log(2));
    }

    /**
     * {@return novelty as inverse item frequency: the mean of {@code ln(users / users of the item)}}
     *
     * <p>An item without users counts as if it had one.
     *
     * @param k how many recommendations count
     * @param popularity of the items in training
     */
    public static Metric inverseItemFrequency(int k, ItemPopularity popularity) {
        return new ListMean(
                "InverseItemFrequency@" + k,
                k,
                "mean of ln(training users / max(training users of the item, 1)) of the first " + k,
                item -> Math.log((double) popularity.numUsers() / Math.max(1, popularity.users(item))));
    }

    /**
     * {@return the mean cosine of two items of a list}
     *
     * @param k how many recommendations count
     * @param vectors any vectors of the items
     */
    public static Metric intraListSimilarity(int k, ItemVectors vectors) {
        return new IntraListSimilarity(k, vectors);
    }

    /**
     * {@return the mean Euclidean distance of two items of a list}
     *
     * @param k how many recommendations count
     * @param vectors any vectors of the items
     */
    public static Metric intraListDistance(int k, ItemVectors vectors) {
        return new PairMean(
                "IntraListDistance@" + k,
                k,
                "mean Euclidean distance of two items of the first " + k,
                item -> vectors.norm(item) > 0,
                vectors::distance);
    }

    /**
     * {@return the mean cosine of a recommended item and the mean vector of the history}
     *
     * @param k how many recommendations count
     * @param vectors any vectors of the items
     */
    public static Metric historySimilarity(int k, ItemVectors vectors) {
        return new HistorySimilarity(k, vectors);
    }

    /**
     * {@return the mean Jaccard distance of the categories of two items of a list: 1 if no two share one}
     *
     * @param k how many recommendations count; items without a category are left out
     * @param categories of the items
     */
    public static Metric categoryDiversity(int k, Categories categories) {
        return new PairMean(
                "CategoryDiversity@" + k,
                k,
                "mean of 1 - common / all categories of two items of the first " + k,
                item -> categories.of(item).length > 0,
                categories::distance);
    }

    /**
     * {@return the share of the first places that hold a relevant item outside the most popular ones}
     *
     * @param k how many recommendations count
     * @param popularity of the items in training
     * @param expected how many of the most popular items everybody expects, at least 0
     * @throws IllegalArgumentException if {@code expected} is negative
     */
    public static Metric serendipity(int k, ItemPopularity popularity, int expected) {
        checkArgument(expected >= 0, "expected must be a number of items of at least 0, got %s", expected);
        return new Serendipity(k, popularity, expected);
    }

    /**
     * {@return the share of recommended items that the history lacks}
     *
     * @param k how many recommendations count
     */
    public static Metric unseenShare(int k) {
        return new UnseenShare(k);
    }

    /**
     * {@return the share of recommended items that were first seen at most that long before training ended, or never}
     *
     * @param k how many recommendations count
     * @param times when the items were first seen
     * @param window how long an item is fresh
     */
    public static Metric freshness(int k, ItemTimes times, Duration window) {
        return new ListMean(
                "Freshness@" + k,
                k,
                "share of the first " + k + " first seen at most " + window.toHours()
                        + " hours before the end of training, or never",
                item -> times.first(item) >= times.end() - window.toMillis() ? 1 : 0);
    }

    /**
     * {@return the standard deviation, in days, of when the recommended items were first seen}
     *
     * @param k how many recommendations count
     * @param times when the items were first seen
     */
    public static Metric temporalDiversity(int k, ItemTimes times) {
        return new TemporalDiversity(k, times);
    }
}
