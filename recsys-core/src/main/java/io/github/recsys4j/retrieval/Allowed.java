package io.github.recsys4j.retrieval;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A filter laid out for one search: one bit an item. Room for one thread; reused, and cleaned by undoing what was set.
 */
final class Allowed {
    private static final long[] NOTHING = {};

    private long[] within = NOTHING;
    private boolean all = true;
    private long[] removed = NOTHING;
    private long[] blocked = NOTHING;
    private boolean anyBlocked;
    private long[] room = NOTHING;
    private @Nullable ItemFilter filter;

    /** Lays out a filter over items of which some were removed. */
    void lay(ItemFilter wanted, int size, long[] removedItems) {
        filter = wanted;
        removed = removedItems;
        int words = (size + 63) >>> 6;
        if (blocked.length < words) {
            blocked = new long[words];
            room = new long[words];
        }
        int[] excluded = wanted.excluded();
        anyBlocked = excluded.length > 0;
        for (int item : excluded) {
            blocked[item >>> 6] |= 1L << item;
        }
        all = !wanted.isRestricted();
        within = wanted.bitmap().orElse(room);
        wanted.candidates().ifPresent(items -> set(room, items));
    }

    private static void set(long[] bits, int[] items) {
        for (int item : items) {
            bits[item >>> 6] |= 1L << item;
        }
    }

    /** Undoes {@link #lay}. */
    void clean() {
        ItemFilter laid = filter;
        if (laid != null) {
            for (int item : laid.excluded()) {
                blocked[item >>> 6] = 0;
            }
            laid.candidates().ifPresent(items -> {
                for (int item : items) {
                    room[item >>> 6] = 0;
                }
            });
            filter = null;
        }
    }

    /** Whether every item passes. */
    boolean isEverything() {
        return all && !anyBlocked && removed.length == 0;
    }

    boolean test(int item) {
        int word = item >>> 6;
        long bit = 1L << item;
        return (all || (word < within.length && (within[word] & bit) != 0))
                && (!anyBlocked || (blocked[word] & bit) == 0)
                && (word >= removed.length || (removed[word] & bit) == 0);
    }

    /** The items that pass among 64, as bits. */
    long word(int word) {
        long bits = all ? -1L : word < within.length ? within[word] : 0;
        return bits & ~blocked[word] & ~(word < removed.length ? removed[word] : 0);
    }

    /** How many of the items pass. */
    int count(int size) {
        int count = 0;
        for (int word = 0; word < (size + 63) >>> 6; word++) {
            count += Long.bitCount(lastCut(word(word), word, size));
        }
        return count;
    }

    static long lastCut(long bits, int word, int size) {
        return (word + 1) << 6 > size ? bits & ((1L << size) - 1) : bits;
    }

    @Override
    public String toString() {
        return "Allowed[" + Arrays.toString(within) + "]";
    }
}
