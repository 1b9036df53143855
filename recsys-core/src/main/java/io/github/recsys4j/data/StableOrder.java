package io.github.recsys4j.data;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The stable order of a stretch of times.
 *
 * <p>A row's time and its place make one {@code long}: the time, counted from the earliest, above the place. A few
 * of them are sorted as numbers; many by a radix sort over the bits of the time alone, which keeps the places in order
 * by itself. Where the two do not fit in 63 bits (times that span millions of years), objects are sorted instead.
 *
 * <p>Reuses its arrays. Not thread-safe.
 */
final class StableOrder {
    private static final int RADIX_FROM = 64;
    private static final int DIGIT_BITS = 8;
    private static final int DIGIT_MASK = (1 << DIGIT_BITS) - 1;

    private final int[] counts = new int[1 << DIGIT_BITS];
    private long[] keys = new long[RADIX_FROM];
    private long[] spare = new long[RADIX_FROM];
    private int[] order = new int[RADIX_FROM];

    /** Which row of the stretch comes first, second and so on; only the first {@code count} entries count. */
    int[] of(TimeColumn times, int from, int count) {
        if (count > keys.length) {
            keys = new long[2 * count];
            spare = new long[2 * count];
            order = new int[2 * count];
        }
        int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(count - 1, 1));
        long span = fillKeys(times, from, count, placeBits);
        if (span < 0) {
            sortObjects(times, from, count);
        } else {
            sortKeys(count, placeBits, placeBits + Long.SIZE - Long.numberOfLeadingZeros(span));
            int mask = (1 << placeBits) - 1;
            for (int i = 0; i < count; i++) {
                order[i] = (int) keys[i] & mask;
            }
        }
        return order;
    }

    /** Gives the latest time less the earliest, or -1 if a key has no room for it. */
    private long fillKeys(TimeColumn times, int from, int count, int placeBits) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int row = from; row < from + count; row++) {
            least = Math.min(least, times.rank(row));
            most = Math.max(most, times.rank(row));
        }
        if (most - least < 0 || most - least >= 1L << (Long.SIZE - 1 - placeBits)) {
            return -1;
        }
        for (int i = 0; i < count; i++) {
            keys[i] = ((times.rank(from + i) - least) << placeBits) | i;
        }
        return most - least;
    }

    private void sortKeys(int count, int fromBit, int toBit) {
        if (count < RADIX_FROM) {
            Arrays.sort(keys, 0, count);
            return;
        }
        for (int bit = fromBit; bit < toBit; bit += DIGIT_BITS) {
            sortByDigit(count, bit);
        }
    }

    private void sortByDigit(int count, int bit) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < count; i++) {
            counts[(int) (keys[i] >>> bit) & DIGIT_MASK]++;
        }
        int next = 0;
        for (int digit = 0; digit < counts.length; digit++) {
            int before = next;
            next += counts[digit];
            counts[digit] = before;
        }
        for (int i = 0; i < count; i++) {
            spare[counts[(int) (keys[i] >>> bit) & DIGIT_MASK]++] = keys[i];
        }
        long[] sorted = spare;
        spare = keys;
        keys = sorted;
    }

    private void sortObjects(TimeColumn times, int from, int count) {
        Integer[] rows = new Integer[count];
        Arrays.setAll(rows, i -> i);
        Arrays.sort(rows, Comparator.comparingLong(i -> times.rank(from + i)));
        for (int i = 0; i < count; i++) {
            order[i] = rows[i];
        }
    }
}
