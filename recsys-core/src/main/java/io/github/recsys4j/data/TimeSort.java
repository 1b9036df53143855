package io.github.recsys4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Puts each user's rows in order of time; equal times keep their order.
 *
 * <p>A row's time and its place make one {@code long}, so that a plain sort of primitives is a stable one. Where the
 * two do not fit in 63 bits (times that span millions of years), objects are sorted instead.
 */
final class TimeSort {
    private static final int ROWS_PER_PART = 1 << 16;

    private final int[] offsets;
    private final int[] items;
    private final TimeColumn times;
    private final ValueColumn values;

    TimeSort(int[] offsets, int[] items, TimeColumn times, ValueColumn values) {
        this.offsets = offsets;
        this.items = items;
        this.times = times;
        this.values = values;
    }

    void sort(Parallel parallel) {
        if (times.isPresent()) {
            List<Integer> cuts = cuts();
            parallel.forEach(cuts.size() - 1, (thread, part) -> sortUsers(cuts.get(part), cuts.get(part + 1)));
        }
    }

    /** Users between which to cut, so that parts have about as many rows. */
    private List<Integer> cuts() {
        List<Integer> cuts = new ArrayList<>(List.of(0));
        int numUsers = offsets.length - 1;
        for (int user = 1, start = 0; user <= numUsers; user++) {
            if (offsets[user] - start >= ROWS_PER_PART || user == numUsers) {
                cuts.add(user);
                start = offsets[user];
            }
        }
        return cuts;
    }

    private void sortUsers(int fromUser, int toUser) {
        long[] keys = new long[16];
        int[] order = new int[16];
        for (int user = fromUser; user < toUser; user++) {
            int from = offsets[user];
            int count = offsets[user + 1] - from;
            if (isSorted(from, count)) {
                continue;
            }
            if (count > keys.length) {
                keys = new long[2 * count];
                order = new int[2 * count];
            }
            if (fillKeys(from, count, keys)) {
                Arrays.sort(keys, 0, count);
                unpack(keys, order, count);
            } else {
                sortObjects(from, count, order);
            }
            Permutation.apply(items, from, order, count);
            times.permute(from, order, count);
            values.permute(from, order, count);
        }
    }

    private boolean isSorted(int from, int count) {
        for (int row = from + 1; row < from + count; row++) {
            if (times.millis(row - 1) > times.millis(row)) {
                return false;
            }
        }
        return true;
    }

    private static int bits(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    private boolean fillKeys(int from, int count, long[] keys) {
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int row = from; row < from + count; row++) {
            least = Math.min(least, times.millis(row));
            most = Math.max(most, times.millis(row));
        }
        int shift = bits(count);
        if (most - least < 0 || most - least >= 1L << (Long.SIZE - 1 - shift)) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            keys[i] = ((times.millis(from + i) - least) << shift) | i;
        }
        return true;
    }

    private static void unpack(long[] keys, int[] order, int count) {
        long mask = (1L << bits(count)) - 1;
        for (int i = 0; i < count; i++) {
            order[i] = (int) (keys[i] & mask);
        }
    }

    private void sortObjects(int from, int count, int[] order) {
        Integer[] rows = new Integer[count];
        Arrays.setAll(rows, i -> i);
        Arrays.sort(rows, Comparator.comparingLong(i -> times.millis(from + i)));
        for (int i = 0; i < count; i++) {
            order[i] = rows[i];
        }
    }
}
