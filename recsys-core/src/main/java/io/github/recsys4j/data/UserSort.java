package io.github.recsys4j.data;

import java.util.Arrays;
import java.util.List;

/**
 * Brings rows together by user, and each user's rows into the order of time.
 *
 * <p>A counting sort gives each row its place; it keeps the order of the file. The columns then move there one after
 * the other and the blocks let go of theirs, so that only one column exists twice at any moment.
 */
final class UserSort {
    private static final int[] GONE = new int[0];

    private final List<BlockColumns> blocks;
    private final Parallel parallel;
    private final int[] offsets;

    UserSort(List<BlockColumns> blocks, Parallel parallel, int numUsers) {
        this.blocks = blocks;
        this.parallel = parallel;
        offsets = new int[numUsers + 1];
    }

    /** Sorts the rows whose item has an index; the blocks are empty afterwards. */
    Interactions sort() {
        countRows();
        replaceUsersByPlaces();
        int[] items = moveItems();
        TimeColumn times = moveTimes();
        ValueColumn values = moveValues();
        new TimeSort(offsets, items, times, values).sort(parallel);
        return Interactions.ofColumns(offsets, items, times, values);
    }

    private void countRows() {
        for (BlockColumns block : blocks) {
            for (int row = 0; row < block.rows(); row++) {
                if (block.items[row] >= 0) {
                    offsets[block.users[row] + 1]++;
                }
            }
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
    }

    private void replaceUsersByPlaces() {
        int[] next = offsets.clone();
        for (BlockColumns block : blocks) {
            for (int row = 0; row < block.rows(); row++) {
                block.users[row] = block.items[row] >= 0 ? next[block.users[row]]++ : -1;
            }
        }
    }

    private int rows() {
        return offsets[offsets.length - 1];
    }

    private int[] moveItems() {
        int[] items = new int[rows()];
        parallel.forEach(blocks.size(), (thread, part) -> {
            BlockColumns block = blocks.get(part);
            scatter(block.items, block.users, items);
            block.items = GONE;
        });
        return items;
    }

    private static void scatter(int[] from, int[] places, int[] to) {
        for (int row = 0; row < places.length; row++) {
            if (places[row] >= 0) {
                to[places[row]] = from[row];
            }
        }
    }

    private TimeColumn moveTimes() {
        if (!blocks.get(0).times.isPresent()) {
            return TimeColumn.none();
        }
        boolean narrow = blocks.stream().allMatch(block -> block.times instanceof TimeColumn.Seconds);
        TimeColumn times = narrow ? new TimeColumn.Seconds(new int[rows()]) : new TimeColumn.Millis(new long[rows()]);
        parallel.forEach(blocks.size(), (thread, part) -> {
            BlockColumns block = blocks.get(part);
            times.scatter(block.times, block.users);
            block.times = TimeColumn.none();
        });
        return times;
    }

    private ValueColumn moveValues() {
        if (!blocks.get(0).values.isPresent()) {
            return ValueColumn.none();
        }
        ValueColumn values =
                ValueColumn.forAll(blocks.stream().map(block -> block.values).toList(), rows());
        parallel.forEach(blocks.size(), (thread, part) -> {
            BlockColumns block = blocks.get(part);
            values.scatter(block.values, block.users);
            block.values = ValueColumn.none();
        });
        return values;
    }
}
