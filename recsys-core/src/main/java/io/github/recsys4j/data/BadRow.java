package io.github.recsys4j.data;

import java.nio.charset.StandardCharsets;

/** A row that cannot be taken; whoever reads the file knows where it stands and whether bad rows are skipped. */
final class BadRow extends Exception {
    private static final long serialVersionUID = 1;
    private static final int SHOWN = 60;

    BadRow(String message) {
        super(message, null, false, false);
    }

    /** A field that holds the wrong thing. */
    static BadRow field(String name, String value, String expected) {
        return new BadRow(name + " is " + quoted(value) + "; expected " + expected);
    }

    static BadRow field(String name, byte[] bytes, int from, int to, String expected) {
        int end = Math.min(to, from + 4 * SHOWN);
        return field(name, new String(bytes, from, Math.max(end - from, 0), StandardCharsets.UTF_8), expected);
    }

    private static String quoted(String value) {
        return value.isEmpty()
                ? "empty"
                : '"' + (value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value) + '"';
    }
}
