package io.github.recsys4j.data;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * How one file of interactions is to be parsed, decided from its first block before any thread starts.
 *
 * @param hasTimes whether its rows have times
 * @param hasValues whether its rows have values
 * @param parsers makes the parser of a worker
 */
record FilePlan(boolean hasTimes, boolean hasValues, Function<RowSetup, RowParser> parsers) {

    static FilePlan of(DataFile file, DataFormat format, ReadOptions options) {
        Block head = head(file, options.limits());
        return switch (format) {
            case PAIRS, SEQUENCES, USER_SEQUENCES ->
                new FilePlan(false, false, setup -> new TokenParser(setup, format));
            case AMAZON_REVIEWS -> {
                TimeParser times = TimeParser.of(options.timeUnit().orElse(TimeUnit.MILLISECONDS));
                yield new FilePlan(true, true, setup -> new AmazonParser(setup, times));
            }
            default -> delimited(Layouts.of(format, options.columns(), file, firstLine(head)), head, format, options);
        };
    }

    private static FilePlan delimited(FieldLayout layout, Block head, DataFormat format, ReadOptions options) {
        TimeParser times =
                options.timeUnit().map(TimeParser::of).orElseGet(() -> TimeParser.like(firstTime(head, layout)));
        return new FilePlan(
                layout.hasTimes(),
                layout.hasValues(),
                setup -> format == DataFormat.LASTFM
                        ? new LastFmParser(setup, layout, times)
                        : new DelimitedParser(setup, layout, times));
    }

    private static Block head(DataFile file, ReadLimits limits) {
        try (BlockSource source = new BlockSource(file, limits)) {
            Block head = source.newBlock();
            if (!source.next(head)) {
                throw file.empty("one interaction per line");
            }
            return head;
        }
    }

    private static String firstLine(Block head) {
        int end = RowParser.nextLine(head.bytes, 0);
        return new String(head.bytes, 0, end, StandardCharsets.UTF_8).stripTrailing();
    }

    /** The first field in the place of times that is a time of any kind; empty if there is none. */
    private static String firstTime(Block head, FieldLayout layout) {
        FieldSplitter splitter = new FieldSplitter(layout);
        int time = layout.time().field();
        int line = 0;
        for (int at = 0; layout.hasTimes() && at < head.length; line++) {
            int end = splitter.split(head.bytes, at);
            at = end + 1;
            if (line >= layout.headerLines() && splitter.fields() > time) {
                String field = splitter.text(head.bytes, time);
                if (TimeParser.isTime(field)) {
                    return field;
                }
            }
        }
        return "";
    }
}
