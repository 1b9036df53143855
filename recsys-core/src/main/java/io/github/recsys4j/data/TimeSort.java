package io.github.recsys4j.data;

import java.util.ArrayList;
import java.util.List;

/** Puts each user's rows in order of time; equal times keep their order. */
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
        StableOrder order = new StableOrder();
        for (int user = fromUser; user < toUser; user++) {
            int from = offsets[user];
            int count = offsets[user + 1] - from;
            if (!isSorted(from, count)) {
                int[] sorted = order.of(times, from, count);
                Permutation.apply(items, from, sorted, count);
                times.permute(from, sorted, count);
                values.permute(from, sorted, count);
            }
        }
    }

    private boolean isSorted(int from, int count) {
        for (int row = from + 1; row < from + count; row++) {
            if (times.rank(row - 1) > times.rank(row)) {
                return false;
            }
        }
        return true;
    }
}
