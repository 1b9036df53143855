package io.github.recsys4j.data;

/**
 * Turns the lines of a block into rows of primitive columns; one for each worker, because the collectors of ids
 * and the row buffer are the worker's own. Not thread-safe.
 */
abstract class RowParser {
    final ReadLimits limits;
    final IdCollector users;
    final IdCollector items;
    final RowBuffer rows;
    private final int headerLines;

    RowParser(RowSetup setup, int headerLines) {
        this.headerLines = headerLines;
        limits = setup.limits();
        users = setup.users();
        items = setup.items();
        rows = setup.rows();
    }

    /** Parses every line of the block; what they hold is then in {@link #rows}. */
    final BlockColumns parse(Block block, int worker) {
        byte[] bytes = block.bytes;
        int at = 0;
        int line = 0;
        while (at < block.length && !isGivenUp()) {
            line++;
            if (block.number == 0 && line <= headerLines) {
                at = nextLine(bytes, at);
            } else {
                at = parseLine(bytes, at, line);
            }
        }
        return rows.finish(worker, line);
    }

    private int parseLine(byte[] bytes, int start, int line) {
        int rowsBefore = rows.rows();
        try {
            return row(bytes, start, line);
        } catch (BadRow e) {
            rows.truncate(rowsBefore);
            rows.addBadLine(line, e);
            return nextLine(bytes, start);
        }
    }

    /** Whether parsing further makes no sense. */
    final boolean isGivenUp() {
        return quotesSeen() || rows.badLines() > limits.maxBadRows();
    }

    /** Whether a field began with a quote, which only the slow path understands. */
    boolean quotesSeen() {
        return false;
    }

    /**
     * Parses the line that begins at {@code start} and ends with a line feed.
     *
     * @return where the next line begins
     */
    abstract int row(byte[] bytes, int start, int line) throws BadRow;

    static int nextLine(byte[] bytes, int start) {
        int at = start;
        while (bytes[at] != '\n') {
            at++;
        }
        return at + 1;
    }

    final void checkLine(int length) throws BadRow {
        if (length > limits.maxLineBytes()) {
            throw new BadRow("the line has " + length + " bytes; expected at most " + limits.maxLineBytes()
                    + " (ReadLimits.maxLineBytes)");
        }
    }
}
