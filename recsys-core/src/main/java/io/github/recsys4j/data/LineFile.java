package io.github.recsys4j.data;

import java.nio.charset.StandardCharsets;

/** Goes through a text file line by line, on one thread, within the limits. */
final class LineFile {
    /** Takes a line, one character for each byte, without its end. */
    @FunctionalInterface
    interface Sink {
        void line(long number, String line) throws BadRow;
    }

    private final DataFile file;
    private final ReadLimits limits;

    LineFile(DataFile file, ReadLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /** Hands over every line that is not blank, numbered from 1; gives the bad ones, of which there are few enough. */
    BadRows forEach(Sink sink) {
        BadRows bad = new BadRows(file, limits);
        long line = 0;
        try (BlockSource source = new BlockSource(file, limits)) {
            Block block = source.newBlock();
            while (source.next(block)) {
                for (int at = 0; at < block.length; ) {
                    int next = RowParser.nextLine(block.bytes, at);
                    hand(++line, new String(block.bytes, at, next - 1 - at, StandardCharsets.ISO_8859_1), sink, bad);
                    at = next;
                }
            }
        }
        if (line == 0) {
            throw file.empty("one row per line");
        }
        return bad;
    }

    private void hand(long number, String text, Sink sink, BadRows bad) {
        String line = text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
        try {
            if (line.length() > limits.maxLineBytes()) {
                throw new BadRow("the line has " + line.length() + " bytes; expected at most " + limits.maxLineBytes()
                        + " (ReadLimits.maxLineBytes)");
            }
            if (!line.isBlank()) {
                sink.line(number, line);
            }
        } catch (BadRow e) {
            bad.add(number, String.valueOf(e.getMessage()));
        }
    }
}
