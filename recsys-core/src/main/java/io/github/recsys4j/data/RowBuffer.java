package io.github.recsys4j.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where a worker puts the rows of the block it is parsing: scratch columns that grow, cut to size and narrowed when
 * the block is done. Not thread-safe.
 */
final class RowBuffer {
    private static final int FIRST_CAPACITY = 1 << 12;

    private final boolean hasTimes;
    private final boolean hasValues;
    private int[] users = new int[FIRST_CAPACITY];
    private int[] items = new int[FIRST_CAPACITY];
    private long[] times = new long[FIRST_CAPACITY];
    private float[] values = new float[FIRST_CAPACITY];
    private List<BlockColumns.BadLine> badLines = new ArrayList<>();
    private int rows;

    RowBuffer(boolean hasTimes, boolean hasValues) {
        this.hasTimes = hasTimes;
        this.hasValues = hasValues;
    }

    void add(int user, int item, long time, float value) {
        if (rows == users.length) {
            grow();
        }
        users[rows] = user;
        items[rows] = item;
        times[rows] = time;
        values[rows++] = value;
    }

    private void grow() {
        users = Arrays.copyOf(users, 2 * rows);
        items = Arrays.copyOf(items, 2 * rows);
        times = Arrays.copyOf(times, 2 * rows);
        values = Arrays.copyOf(values, 2 * rows);
    }

    void addBadLine(long line, BadRow problem) {
        badLines.add(new BlockColumns.BadLine(line, String.valueOf(problem.getMessage())));
    }

    int badLines() {
        return badLines.size();
    }

    int rows() {
        return rows;
    }

    /** Forgets the rows after the first ones: those of a line that turned out bad. */
    void truncate(int keptRows) {
        rows = keptRows;
    }

    /** Cuts the columns off and starts anew. */
    BlockColumns finish(int worker, long lines) {
        BlockColumns block = new BlockColumns(
                worker,
                lines,
                badLines,
                Arrays.copyOf(users, rows),
                Arrays.copyOf(items, rows),
                hasTimes ? TimeColumn.narrow(times, rows) : TimeColumn.none(),
                hasValues ? ValueColumn.narrow(values, rows) : ValueColumn.none());
        badLines = new ArrayList<>();
        rows = 0;
        return block;
    }
}
