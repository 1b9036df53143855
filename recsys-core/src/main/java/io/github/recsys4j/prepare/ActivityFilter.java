package io.github.recsys4j.prepare;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CheckReturnValue;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Drops items and users with few interactions, in one of two ways that give different data sets and must not be
 * confused.
 *
 * <ul>
 *   <li>{@linkplain #kCore(int) k-core}: items and users are dropped in turn until everybody left has enough.
 *       The result is the largest such part of the data, whichever side goes first.
 *   <li>{@linkplain #singlePass(int) single pass}: items once, then users once, on what is left. Dropping the users
 *       may leave items with fewer interactions than asked for; the report counts them.
 * </ul>
 *
 * <p>Interactions are counted, not distinct pairs: a user who played one song five times has five. Users and items
 * that are dropped leave the vocabularies and the columns, also those that never had an interaction.
 *
 * <p>Thread-safety: immutable.
 *
 * @see <a href="https://doi.org/10.1016/0378-8733(83)90028-X">Seidman, Network structure and minimum degree, Social
 *     Networks 1983</a>
 */
@CheckReturnValue
public final class ActivityFilter {
    private final boolean iterated;
    private final int minPerItem;
    private final int minPerUser;

    private ActivityFilter(boolean iterated, int minPerItem, int minPerUser) {
        this.iterated = iterated;
        this.minPerItem = minPerItem;
        this.minPerUser = minPerUser;
    }

    /**
     * Drops until every item and every user that is left has this many interactions.
     *
     * @param k at least 1
     * @return the filter
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public static ActivityFilter kCore(int k) {
        return new ActivityFilter(true, check("k", k), k);
    }

    /**
     * Drops items with fewer interactions, then users with fewer of what is left, once each.
     *
     * @param minimum interactions per item and per user, at least 1
     * @return the filter
     * @throws IllegalArgumentException if {@code minimum} is below 1
     */
    public static ActivityFilter singlePass(int minimum) {
        return new ActivityFilter(false, check("minimum", minimum), minimum);
    }

    /**
     * {@return this filter with another minimum for items}
     *
     * @param minimum interactions per item, at least 1
     * @throws IllegalArgumentException if {@code minimum} is below 1
     */
    public ActivityFilter withMinPerItem(int minimum) {
        return new ActivityFilter(iterated, check("minPerItem", minimum), minPerUser);
    }

    /**
     * {@return this filter with another minimum for users}
     *
     * @param minimum interactions per user, at least 1
     * @throws IllegalArgumentException if {@code minimum} is below 1
     */
    public ActivityFilter withMinPerUser(int minimum) {
        return new ActivityFilter(iterated, minPerItem, check("minPerUser", minimum));
    }

    private static int check(String name, int minimum) {
        checkArgument(minimum >= 1, "%s must be at least 1, got %s: 1 drops only what nobody touched", name, minimum);
        return minimum;
    }

    /**
     * Applies the filter.
     *
     * @param dataset what to filter; unchanged
     * @return the smaller data set, and what was dropped
     * @throws DatasetException if nothing is left
     */
    public Filtered apply(Dataset dataset) {
        Activity activity = new Activity(dataset);
        int rounds = 1;
        boolean changed = activity.drop(minPerItem, minPerUser);
        while (iterated && changed) {
            changed = activity.drop(minPerItem, minPerUser);
            rounds++;
        }
        if (activity.users.isEmpty()) {
            throw new DatasetException(this + " leaves nothing of "
                    + dataset.interactions().size() + " interactions of "
                    + dataset.users().size() + " users with "
                    + dataset.items().size() + " items: choose lower minimums.");
        }
        Dataset rest = dataset.select(activity.users::get, activity.items::get);
        return new Filtered(rest, activity.report(toString(), rounds, rest));
    }

    @Override
    public String toString() {
        return (iterated ? "k-core" : "single-pass") + "(min per item=" + minPerItem + ", min per user=" + minPerUser
                + ")";
    }

    /**
     * A filtered data set.
     *
     * @param dataset what is left
     * @param report what was dropped
     */
    public record Filtered(Dataset dataset, ActivityReport report) {}

    /** Who is left. */
    private final class Activity {
        private final Dataset dataset;
        private final Interactions rows;
        private final BitSet users = new BitSet();
        private final BitSet items = new BitSet();

        Activity(Dataset dataset) {
            this.dataset = dataset;
            rows = dataset.interactions();
            users.set(0, dataset.users().size());
            items.set(0, dataset.items().size());
        }

        /** Items, then users. */
        boolean drop(int perItem, int perUser) {
            int before = users.cardinality() + items.cardinality();
            int[] counts = itemCounts();
            items.stream().filter(item -> counts[item] < perItem).forEach(items::clear);
            users.stream().filter(user -> left(user) < perUser).forEach(users::clear);
            return users.cardinality() + items.cardinality() < before;
        }

        private int[] itemCounts() {
            int[] counts = new int[dataset.items().size()];
            users.stream().flatMap(this::rowsOf).forEach(row -> counts[rows.item(row)]++);
            return counts;
        }

        private long left(int user) {
            return rowsOf(user).filter(row -> items.get(rows.item(row))).count();
        }

        private IntStream rowsOf(int user) {
            return IntStream.range(rows.start(user), rows.end(user));
        }

        ActivityReport report(String filter, int rounds, Dataset rest) {
            int[] counts = itemCounts();
            return new ActivityReport(
                    filter, rounds, ActivityReport.Counts.of(dataset), ActivityReport.Counts.of(rest), (int)
                            items.stream()
                                    .filter(item -> counts[item] < minPerItem)
                                    .count());
        }
    }
}
