package io.github.recsys4j.data;

/**
 * Lines of ids separated by spaces or tabs, oldest first: {@code user item}, {@code user item item ...}, or items
 * alone, whose user is the number of the line.
 */
final class TokenParser extends RowParser {
    private final DataFormat format;
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int tokens;

    TokenParser(RowSetup setup, DataFormat format) {
        super(setup, 0);
        this.format = format;
    }

    @Override
    int row(byte[] bytes, int start, int line) throws BadRow {
        int end = split(bytes, start);
        checkLine(end - start);
        if (tokens > 0) {
            take(bytes, line);
        }
        return end + 1;
    }

    private void take(byte[] bytes, int line) throws BadRow {
        if (format == DataFormat.PAIRS && tokens != 2) {
            throw new BadRow(
                    "the line has " + tokens + " fields; expected 2, a user and an item, separated by a space");
        }
        if (format == DataFormat.USER_SEQUENCES && tokens == 1) {
            throw new BadRow("the line has a user and no item; expected a user and its items, separated by spaces");
        }
        boolean named = format != DataFormat.SEQUENCES;
        int user = named ? users.code(bytes, starts[0], ends[0]) : line;
        for (int token = named ? 1 : 0; token < tokens; token++) {
            rows.add(user, items.code(bytes, starts[token], ends[token]), 0, 1);
        }
    }

    private int split(byte[] bytes, int start) {
        tokens = 0;
        int at = start;
        while (bytes[at] != '\n') {
            if (isSpace(bytes[at])) {
                at++;
            } else {
                int from = at;
                while (bytes[at] != '\n' && !isSpace(bytes[at])) {
                    at++;
                }
                add(from, at);
            }
        }
        return at;
    }

    private static boolean isSpace(byte character) {
        return character == ' ' || character == '\t' || character == '\r';
    }

    private void add(int from, int to) {
        if (tokens == starts.length) {
            starts = java.util.Arrays.copyOf(starts, 2 * tokens);
            ends = java.util.Arrays.copyOf(ends, 2 * tokens);
        }
        starts[tokens] = from;
        ends[tokens++] = to;
    }
}
