package io.github.recsys4j.data;

/**
 * Lines of fields with a separator: CSV without quotes, MovieLens, RecBole.
 *
 * <p>Where the separator is one byte, a block's separators are found first, and a line whose fields are as many as
 * they should be is taken by stepping from one to the next. Any other line (blank, too short, too long) and any other
 * separator goes the plain way, a line at a time.
 */
class DelimitedParser extends RowParser {
    private final FieldLayout layout;
    private final TimeParser times;
    private final FieldSplitter splitter;
    private final FieldIndex index;
    private final int user;
    private final int time;
    private final int value;
    private boolean quotesSeen;

    DelimitedParser(RowSetup setup, FieldLayout layout, TimeParser times) {
        super(setup, layout.headerLines());
        this.layout = layout;
        this.times = times;
        splitter = new FieldSplitter(layout);
        index = new FieldIndex(layout.separator().character);
        user = layout.user().field();
        time = layout.time().field();
        value = layout.value().field();
    }

    @Override
    final boolean quotesSeen() {
        return quotesSeen;
    }

    @Override
    final int lines(Block block, int start, int firstLine) {
        if (layout.separator() == FieldLayout.Separator.DOUBLE_COLON) {
            return super.lines(block, start, firstLine);
        }
        index.build(block);
        if (layout.isQuoted() && index.hasQuotes()) {
            return super.lines(block, start, firstLine);
        }
        return indexedLines(block, start, firstLine);
    }

    private int indexedLines(Block block, int start, int firstLine) {
        byte[] bytes = block.bytes;
        int line = firstLine;
        int mark = 0;
        for (int at = start; at < block.length && !isGivenUp(); line++) {
            mark = index.firstFrom(at, mark);
            int end = index.endOfLine(bytes, mark, layout.fields());
            if (end < 0) {
                at = parseLine(bytes, at, line);
            } else {
                indexedLine(bytes, at, mark, line);
                at = end + 1;
            }
        }
        return line - firstLine;
    }

    private void indexedLine(byte[] bytes, int start, int mark, int line) {
        try {
            checkLine(splitter.split(bytes, start, index.positions(), mark));
            take(bytes, splitter.starts, splitter.ends, layout.fields());
        } catch (BadRow e) {
            rows.addBadLine(line, e);
        }
    }

    @Override
    final int row(byte[] bytes, int start, int line) throws BadRow {
        int end = splitter.split(bytes, start);
        checkLine(end - start);
        if (layout.isQuoted() && splitter.hasQuotes(bytes)) {
            quotesSeen = true;
        } else if (splitter.fields() > 0) {
            take(bytes, splitter.starts, splitter.ends, splitter.fields());
        }
        return end + 1;
    }

    /** Takes a row whose fields are {@code bytes[from[f] .. to[f] - 1]}. */
    final void take(byte[] bytes, int[] from, int[] to, int fields) throws BadRow {
        if (fields != layout.fields()) {
            throw new BadRow("the line has " + fields + " fields; expected " + layout.fields());
        }
        int userCode = users.code(bytes, from[user], to[user]);
        int itemCode = itemCode(bytes, from, to);
        long millis = time < 0 ? 0 : times.millis(layout.time().name(), bytes, from[time], to[time]);
        float number = value < 0 ? 1 : FieldParser.value(layout.value().name(), bytes, from[value], to[value]);
        rows.add(userCode, itemCode, millis, number);
    }

    /** The item of a row. */
    int itemCode(byte[] bytes, int[] from, int[] to) throws BadRow {
        int item = layout.item().field();
        return items.code(bytes, from[item], to[item]);
    }
}
