package io.github.recsys4j.data;

/**
 * Lines of fields with a separator: CSV without quotes, MovieLens, RecBole. A line is walked once to find its
 * fields, and each needed field is then parsed from its bytes.
 */
class DelimitedParser extends RowParser {
    private final FieldLayout layout;
    private final TimeParser times;
    private final FieldSplitter splitter;
    private boolean quotesSeen;

    DelimitedParser(RowSetup setup, FieldLayout layout, TimeParser times) {
        super(setup, layout.headerLines());
        this.layout = layout;
        this.times = times;
        splitter = new FieldSplitter(layout);
    }

    @Override
    final boolean quotesSeen() {
        return quotesSeen;
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
        int user = layout.user().field();
        int time = layout.time().field();
        int value = layout.value().field();
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
