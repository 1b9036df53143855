package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * Who did something with what, and when: primitive columns, a user's rows together and oldest first.
 *
 * <p>User {@code u} owns the rows {@code start(u)} to {@code end(u) - 1}. Equal times keep the order in which
 * the rows were given; where a source has no times, its order is the time.
 *
 * <p>Thread-safety: immutable.
 */
public final class Interactions {
    private final int[] offsets;
    private final int[] items;
    private final TimeColumn times;
    private final ValueColumn values;

    private Interactions(int[] offsets, int[] items, TimeColumn times, ValueColumn values) {
        this.offsets = offsets;
        this.items = items;
        this.times = times;
        this.values = values;
    }

    /**
     * Takes columns that are sorted already; the arrays are kept, not copied.
     *
     * @param offsets shape {@code [users + 1]}: where each user's rows start, and the number of rows
     * @param items shape {@code [rows]}: item indices
     * @param times shape {@code [rows]}: milliseconds since 1970, not falling within a user; or empty
     * @param values shape {@code [rows]}: ratings, play counts and the like; or empty
     * @return the interactions
     * @throws IllegalArgumentException if the lengths disagree
     */
    public static Interactions ofSorted(int[] offsets, int[] items, Optional<long[]> times, Optional<float[]> values) {
        checkArgument(offsets.length >= 1, "offsets must hold at least the number of rows, got none");
        int last = offsets[offsets.length - 1];
        checkArgument(last == items.length, "offsets must end with the number of rows %s, got %s", items.length, last);
        checkLength("times", items.length, times.map(column -> column.length).orElse(items.length));
        checkLength("values", items.length, values.map(column -> column.length).orElse(items.length));
        return ofColumns(
                offsets,
                items,
                times.<TimeColumn>map(TimeColumn.Millis::new).orElse(TimeColumn.none()),
                values.<ValueColumn>map(ValueColumn.Floats::new).orElse(ValueColumn.none()));
    }

    /** Takes columns that are sorted and known to agree. */
    static Interactions ofColumns(int[] offsets, int[] items, TimeColumn times, ValueColumn values) {
        return new Interactions(offsets, items, times, values);
    }

    private static void checkLength(String name, int rows, int length) {
        checkArgument(length == rows, "%s must have one entry per row = %s, got %s", name, rows, length);
    }

    /** {@return how many rows there are} */
    public int size() {
        return items.length;
    }

    /** {@return how many users there are, with or without rows} */
    public int numUsers() {
        return offsets.length - 1;
    }

    /**
     * {@return the user's first row}
     *
     * @param user a user index
     */
    public int start(int user) {
        return offsets[checkElementIndex(user, numUsers(), "user")];
    }

    /**
     * {@return the row after the user's last one}
     *
     * @param user a user index
     */
    public int end(int user) {
        return offsets[checkElementIndex(user, numUsers(), "user") + 1];
    }

    /**
     * {@return how many rows the user has}
     *
     * @param user a user index
     */
    public int count(int user) {
        return end(user) - start(user);
    }

    /**
     * {@return its item index}
     *
     * @param row a row
     */
    public int item(int row) {
        return items[row];
    }

    /** {@return whether rows have times} */
    public boolean hasTimes() {
        return times.isPresent();
    }

    /**
     * {@return milliseconds since 1970, or 0 where there are no times}
     *
     * @param row a row
     */
    public long time(int row) {
        return times.millis(row);
    }

    /** {@return whether rows have values} */
    public boolean hasValues() {
        return values.isPresent();
    }

    /**
     * {@return the rating, play count or the like, or 1 where there are no values}
     *
     * @param row a row
     */
    public float value(int row) {
        return values.value(row);
    }

    /**
     * {@return a copy of the user's item indices, oldest first}
     *
     * @param user a user index
     */
    public int[] items(int user) {
        return Arrays.copyOfRange(items, start(user), end(user));
    }

    /**
     * Counts each item's rows.
     *
     * @param numItems the size of the item vocabulary
     * @return shape {@code [numItems]}
     */
    public int[] itemCounts(int numItems) {
        int[] counts = new int[numItems];
        for (int item : items) {
            counts[item]++;
        }
        return counts;
    }

    /**
     * Keeps some rows; users and their indices stay.
     *
     * @param keep the rows to keep
     * @return the remaining interactions, in the same order
     */
    public Interactions filter(IntPredicate keep) {
        BitSet rows = new BitSet(size());
        for (int row = 0; row < size(); row++) {
            rows.set(row, keep.test(row));
        }
        return keep(rows);
    }

    /** Keeps the rows whose bits are set. */
    Interactions keep(BitSet rows) {
        int[] kept = new int[offsets.length];
        for (int user = 0; user < numUsers(); user++) {
            kept[user + 1] = kept[user] + cardinality(rows, offsets[user], offsets[user + 1]);
        }
        int[] keptItems = rows.stream().map(row -> items[row]).toArray();
        return ofColumns(kept, keptItems, times.keep(rows), values.keep(rows));
    }

    private static int cardinality(BitSet rows, int from, int to) {
        int count = 0;
        for (int row = from; row < to; row++) {
            count += rows.get(row) ? 1 : 0;
        }
        return count;
    }

    /** Keeps some users and items, each ascending, and numbers both anew. */
    Interactions select(int[] keptUsers, int[] keptItems) {
        BitSet itemsToKeep = bits(keptItems);
        BitSet rows = new BitSet(size());
        for (int user : keptUsers) {
            for (int row = offsets[user]; row < offsets[user + 1]; row++) {
                rows.set(row, itemsToKeep.get(items[row]));
            }
        }
        Interactions rest = keep(rows);
        int[] kept = new int[keptUsers.length + 1];
        for (int user = 0; user < keptUsers.length; user++) {
            kept[user + 1] = rest.offsets[keptUsers[user] + 1];
        }
        int[] renumbered = Arrays.stream(rest.items)
                .map(item -> Arrays.binarySearch(keptItems, item))
                .toArray();
        return ofColumns(kept, renumbered, rest.times, rest.values);
    }

    private static BitSet bits(int[] indices) {
        BitSet bits = new BitSet();
        Arrays.stream(indices).forEach(bits::set);
        return bits;
    }
}
