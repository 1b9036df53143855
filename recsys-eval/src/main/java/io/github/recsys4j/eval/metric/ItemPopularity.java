package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkElementIndex;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * How popular each item is in training: what beyond-accuracy metrics measure recommendations against.
 *
 * <p>Counts are those of the training part, never of the held-out cases, so the truth cannot leak into them.
 *
 * <p>Thread-safety: immutable.
 */
public final class ItemPopularity {
    private final int[] counts;
    private final int[] users;
    private final int[] ranks;
    private final long total;
    private final int numUsers;

    private ItemPopularity(int[] counts, int[] users, int numUsers) {
        this.counts = counts;
        this.users = users;
        this.numUsers = numUsers;
        total = Arrays.stream(counts).asLongStream().sum();
        ranks = new int[counts.length];
        int[] order = IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt(item -> -counts[item]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int place = 0; place < order.length; place++) {
            ranks[order[place]] = place;
        }
    }

    /**
     * Counts the interactions of training.
     *
     * @param train the training part of a split
     * @return the popularity of its items
     */
    public static ItemPopularity of(Dataset train) {
        int numItems = train.items().size();
        Interactions rows = train.interactions();
        int[] users = new int[numItems];
        int[] lastUser = new int[numItems];
        int active = 0;
        for (int user = 0; user < rows.numUsers(); user++) {
            active += rows.count(user) > 0 ? 1 : 0;
            for (int row = rows.start(user); row < rows.end(user); row++) {
                int item = rows.item(row);
                users[item] += lastUser[item] == user + 1 ? 0 : 1;
                lastUser[item] = user + 1;
            }
        }
        return new ItemPopularity(rows.itemCounts(numItems), users, active);
    }

    /** {@return how many items there are} */
    public int numItems() {
        return counts.length;
    }

    /** {@return how many users have an interaction} */
    public int numUsers() {
        return numUsers;
    }

    /** {@return how many interactions there are} */
    public long total() {
        return total;
    }

    /**
     * {@return how many interactions the item has}
     *
     * @param item an item index
     */
    public int count(int item) {
        return counts[checkElementIndex(item, counts.length, "item")];
    }

    /**
     * {@return how many distinct users have interacted with the item}
     *
     * @param item an item index
     */
    public int users(int item) {
        return users[checkElementIndex(item, users.length, "item")];
    }

    /**
     * {@return how many items are more popular; of equal ones those with a lower index are}
     *
     * @param item an item index
     */
    public int rank(int item) {
        return ranks[checkElementIndex(item, ranks.length, "item")];
    }
}
