package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.Arrays;

/**
 * When each item was first seen in training, and when training ends.
 *
 * <p>Thread-safety: immutable.
 */
public final class ItemTimes {
    /** The first time of an item that training lacks: it is newer than everything. */
    static final long NEVER_SEEN = Long.MAX_VALUE;

    private final long[] first;
    private final long end;

    private ItemTimes(long[] first, long end) {
        this.first = first;
        this.end = end;
    }

    /**
     * Reads times off the training part.
     *
     * @param train the training part of a split, with times
     * @return the times of its items
     * @throws IllegalArgumentException if its interactions have no times
     */
    public static ItemTimes of(Dataset train) {
        Interactions rows = train.interactions();
        checkArgument(rows.hasTimes(), "interactions must have times to say how new an item is: load a time column");
        long[] first = new long[train.items().size()];
        Arrays.fill(first, NEVER_SEEN);
        long end = Long.MIN_VALUE;
        for (int row = 0; row < rows.size(); row++) {
            first[rows.item(row)] = Math.min(first[rows.item(row)], rows.time(row));
            end = Math.max(end, rows.time(row));
        }
        return new ItemTimes(first, end);
    }

    /** Milliseconds since 1970, or {@link #NEVER_SEEN}. */
    long first(int item) {
        return first[checkElementIndex(item, first.length, "item")];
    }

    /** The time of training's last interaction. */
    long end() {
        return end;
    }
}
