package io.github.recsys4j.data;

import java.util.List;

/**
 * The rows of one block, column by column. Ids are codes of the worker's collectors until the assembler replaces
 * them by indices, and the users then by places in the sorted columns.
 */
final class BlockColumns {
    /** A row that was not taken, by its line in the block, counted from 1. */
    record BadLine(long line, String problem) {}

    final int worker;
    final long lines;
    final List<BadLine> badLines;
    final int[] users;
    int[] items;
    TimeColumn times;
    ValueColumn values;

    BlockColumns(
            int worker,
            long lines,
            List<BadLine> badLines,
            int[] users,
            int[] items,
            TimeColumn times,
            ValueColumn values) {
        this.worker = worker;
        this.lines = lines;
        this.badLines = badLines;
        this.users = users;
        this.items = items;
        this.times = times;
        this.values = values;
    }

    int rows() {
        return users.length;
    }
}
