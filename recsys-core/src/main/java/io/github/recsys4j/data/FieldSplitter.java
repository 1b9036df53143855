package io.github.recsys4j.data;

import java.nio.charset.StandardCharsets;

/** Finds the fields of a line in its bytes. Not thread-safe. */
final class FieldSplitter {
    private final byte separator;
    private final boolean isDouble;
    final int[] starts;
    final int[] ends;
    private int fields;

    FieldSplitter(FieldLayout layout) {
        separator = layout.separator().character;
        isDouble = layout.separator() == FieldLayout.Separator.DOUBLE_COLON;
        starts = new int[layout.fields()];
        ends = new int[layout.fields()];
    }

    /** How many fields the line has; those that the layout does not know are counted only. */
    int fields() {
        return fields;
    }

    /**
     * Splits the line that begins at {@code start}. A carriage return at its end is not part of it.
     *
     * @return where its line feed is
     */
    int split(byte[] bytes, int start) {
        int field = 0;
        int from = start;
        int at = start;
        for (; bytes[at] != '\n'; at++) {
            if (bytes[at] == separator && (!isDouble || bytes[at + 1] == separator)) {
                set(field++, from, at);
                at += isDouble ? 1 : 0;
                from = at + 1;
            }
        }
        int end = at > from && bytes[at - 1] == '\r' ? at - 1 : at;
        set(field, from, end);
        fields = end == start ? 0 : field + 1;
        return at;
    }

    /**
     * Splits a line of exactly the layout's fields at positions that are known.
     *
     * @param positions the line's separators and its line feed, from {@code mark} on
     * @return how long the line is
     */
    int split(byte[] bytes, int start, int[] positions, int mark) {
        int from = start;
        for (int field = 0; field < starts.length; field++) {
            int to = positions[mark + field];
            starts[field] = from;
            ends[field] = to;
            from = to + 1;
        }
        int last = starts.length - 1;
        int end = ends[last];
        if (end > starts[last] && bytes[end - 1] == '\r') {
            ends[last]--;
        }
        fields = starts.length;
        return end - start;
    }

    private void set(int field, int from, int to) {
        if (field < starts.length) {
            starts[field] = from;
            ends[field] = to;
        }
    }

    /** A field without the quotes that may be around it, one character for each byte. */
    String text(byte[] bytes, int field) {
        String text = new String(bytes, starts[field], ends[field] - starts[field], StandardCharsets.ISO_8859_1);
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    /** Whether one of the fields begins with a quote. */
    boolean hasQuotes(byte[] bytes) {
        for (int field = 0; field < Math.min(fields, starts.length); field++) {
            if (bytes[starts[field]] == '"') {
                return true;
            }
        }
        return false;
    }
}
