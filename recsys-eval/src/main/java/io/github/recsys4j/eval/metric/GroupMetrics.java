package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The same figure for each group of users or each provider of items, and the gap between the best and the worst served.
 *
 * <p>Labels are those of the figure with the group behind it, such as {@code NDCG@10 [women]}, and {@code NDCG@10 [gap]}
 * for the highest less the lowest. A group without cases, recommendations or targets is undefined and no part of the
 * gap.
 */
public final class GroupMetrics {
    private GroupMetrics() {}

    /** One number per group, NaN where a group has none. */
    private interface Figures {
        double[] of(RankedLists lists);
    }

    /**
     * Measures accuracy by user group.
     *
     * @param metric averaged over each group's cases; not one whose cut-off is {@link Metric#WHOLE}
     * @param users the groups of the users
     * @return one figure per group, and the gap
     * @throws IllegalArgumentException if the metric has no cut-off
     */
    public static List<ListMetric> accuracyByUsers(Metric metric, Groups users) {
        checkArgument(
                metric.k() != Metric.WHOLE, "metric %s must have a cut-off to be measured by group", metric.label());
        return grouped(metric.label(), metric.k(), metric.definition(), users, lists -> accuracy(lists, metric, users));
    }

    private static double[] accuracy(RankedLists lists, Metric metric, Groups users) {
        double[] sums = new double[users.names().size()];
        double[] totals = new double[sums.length];
        for (int index = 0; index < lists.size(); index++) {
            Judged judged = lists.judged(index);
            double weight = metric.weight(judged);
            if (weight > 0) {
                int group = users.of(lists.cases().user(index));
                sums[group] += weight * metric.measure(judged);
                totals[group] += weight;
            }
        }
        return ratios(sums, totals);
    }

    private static double[] ratios(double[] sums, double[] totals) {
        return IntStream.range(0, sums.length)
                .mapToDouble(group -> totals[group] > 0 ? sums[group] / totals[group] : Double.NaN)
                .toArray();
    }

    /**
     * Measures how varied the recommendations of each user group are: distinct items / recommendations.
     *
     * @param k how many recommendations of each list count
     * @param users the groups of the users
     * @return one figure per group, and the gap
     */
    public static List<ListMetric> exposureByUsers(int k, Groups users) {
        return grouped(
                "DistinctShare@" + k,
                k,
                "distinct items in the first " + k + " of the group's lists / recommendations in them",
                users,
                lists -> variety(lists, k, users));
    }

    private static double[] variety(RankedLists lists, int k, Groups users) {
        List<BitSet> distinct =
                users.names().stream().map(unused -> new BitSet()).toList();
        double[] totals = new double[distinct.size()];
        for (int index = 0; index < lists.size(); index++) {
            int group = users.of(lists.cases().user(index));
            for (int place = 0; place < lists.length(index, k); place++) {
                distinct.get(group).set(lists.item(index, place));
            }
            totals[group] += lists.length(index, k);
        }
        return ratios(distinct.stream().mapToDouble(BitSet::cardinality).toArray(), totals);
    }

    /**
     * Measures each provider's share of all recommendations, each place alike, and how unevenly it is spread.
     *
     * @param k how many recommendations of each list count
     * @param items the providers of the items
     * @return one share per provider, the gap, and the Gini coefficient of the shares
     */
    public static List<ListMetric> exposureByProviders(int k, Groups items) {
        List<ListMetric> metrics = new ArrayList<>(grouped(
                "Exposure@" + k,
                k,
                "share of the first " + k + " of all lists",
                items,
                lists -> exposure(lists, k, items)));
        metrics.add(new ListFigure(
                "Exposure@" + k + " [Gini]",
                k,
                "Gini coefficient of the groups' shares of the first " + k + " of all lists",
                Direction.NEUTRAL,
                (lists, cut) -> Concentration.gini(exposure(lists, cut, items))));
        return List.copyOf(metrics);
    }

    private static double[] exposure(RankedLists lists, int k, Groups items) {
        int[] counts = lists.counts(k);
        double[] places = new double[items.names().size()];
        for (int item = 0; item < counts.length; item++) {
            places[items.of(item)] += counts[item];
        }
        double[] totals = new double[places.length];
        Arrays.fill(totals, (double) lists.total(k));
        return ratios(places, totals);
    }

    /**
     * Measures accuracy by provider: the share of the held-out items of each provider that are found.
     *
     * @param k how many recommendations of each list count
     * @param items the providers of the items
     * @return one share per provider, and the gap
     */
    public static List<ListMetric> accuracyByProviders(int k, Groups items) {
        return grouped(
                "TargetsFound@" + k,
                k,
                "held-out items of the group in the first " + k + " of their case / held-out items of the group",
                items,
                lists -> found(lists, k, items));
    }

    private static double[] found(RankedLists lists, int k, Groups items) {
        double[] hits = new double[items.names().size()];
        double[] totals = new double[hits.length];
        for (int index = 0; index < lists.size(); index++) {
            Judged judged = lists.judged(index);
            for (int rank = 1; rank <= Math.min(k, judged.size()); rank++) {
                hits[items.of(judged.item(rank))] += judged.isHit(rank) ? 1 : 0;
            }
            for (int target : judged.relevant()) {
                totals[items.of(target)]++;
            }
        }
        return ratios(hits, totals);
    }

    private static List<ListMetric> grouped(String label, int k, String definition, Groups groups, Figures figures) {
        List<ListMetric> metrics = new ArrayList<>();
        for (int group = 0; group < groups.names().size(); group++) {
            int number = group;
            metrics.add(new ListFigure(
                    label + " [" + groups.names().get(group) + "]",
                    k,
                    definition,
                    Direction.NEUTRAL,
                    (lists, unused) -> figures.of(lists)[number]));
        }
        metrics.add(new ListFigure(
                label + " [gap]",
                k,
                "highest less lowest of the groups' " + label,
                Direction.LOWER_IS_BETTER,
                (lists, unused) -> gap(figures.of(lists))));
        return List.copyOf(metrics);
    }

    private static double gap(double[] figures) {
        double[] known = Arrays.stream(figures)
                .filter(figure -> !Double.isNaN(figure))
                .sorted()
                .toArray();
        return known.length == 0 ? Double.NaN : known[known.length - 1] - known[0];
    }
}
