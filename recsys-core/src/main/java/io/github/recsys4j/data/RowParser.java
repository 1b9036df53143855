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

    /** Parses every line of the block. */
    final BlockColumns parse(Block block, int worker) {
        int at = 0;
        int skipped = 0;
        while (block.number == 0 && skipped < headerLines && at < block.length) {
            at = nextLine(block.bytes, at);
            skipped++;
        }
        int lines = lines(block, at, skipped + 1);
        return rows.finish(worker, skipped + lines);
    }

    /**
     * Parses the lines from a place on.
     *
     * @param start where the first of them begins
     * @param firstLine its number
     * @return how many they were
     */
    int lines(Block block, int start, int firstLine) {
        int line = firstLine;
        for (int at = start; at < block.length && !isGivenUp(); line++) {
            at = parseLine(block.bytes, at, line);
        }
        return line - firstLine;
    }

    /** Parses a line, and notes it if it is bad; tells where the next one begins. */
    final int parseLine(byte[] bytes, int start, int line) {
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
