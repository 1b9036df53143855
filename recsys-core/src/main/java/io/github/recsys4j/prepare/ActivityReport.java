package io.github.recsys4j.prepare;

import io.github.recsys4j.data.Dataset;
import java.util.Locale;

/**
 * What an {@link ActivityFilter} dropped.
 *
 * @param filter the filter's name and settings, such as {@code k-core(min per item=5, min per user=5)}
 * @param rounds how often items and users were gone through, the last round of a k-core without a change
 * @param before counts of the whole data set
 * @param after counts of what is left
 * @param itemsBelowMinimum items that are left although they have fewer interactions than asked for; 0 after a
 *     k-core
 */
public record ActivityReport(String filter, int rounds, Counts before, Counts after, int itemsBelowMinimum) {

    /**
     * How much there is of what.
     *
     * @param interactions rows
     * @param users users, with or without rows
     * @param items items, with or without rows
     */
    public record Counts(long interactions, int users, int items) {
        static Counts of(Dataset dataset) {
            return new Counts(
                    dataset.interactions().size(),
                    dataset.users().size(),
                    dataset.items().size());
        }
    }

    /** {@return how many rows were dropped} */
    public long droppedInteractions() {
        return before.interactions() - after.interactions();
    }

    /** {@return how many users were dropped} */
    public int droppedUsers() {
        return before.users() - after.users();
    }

    /** {@return how many items were dropped} */
    public int droppedItems() {
        return before.items() - after.items();
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s after %d rounds: dropped %,d of %,d interactions, %,d of %,d users, %,d of %,d items;"
                        + " %,d items left below the minimum",
                filter,
                rounds,
                droppedInteractions(),
                before.interactions(),
                droppedUsers(),
                before.users(),
                droppedItems(),
                before.items(),
                itemsBelowMinimum);
    }
}
