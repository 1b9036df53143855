package io.github.recsys4j.data;

/**
 * Which field of a delimited line holds what.
 *
 * @param separator what stands between two fields
 * @param headerLines how many lines come before the first row
 * @param fields how many fields a line has
 */
record FieldLayout(Separator separator, int headerLines, int fields, Place user, Place item, Place time, Place value) {

    /** What stands between two fields, and whether a field may stand in quotes. */
    enum Separator {
        COMMA(','),
        TAB('\t'),
        PIPE('|'),
        DOUBLE_COLON(':');

        final byte character;

        Separator(char character) {
            this.character = (byte) character;
        }
    }

    /** A field's place in the line, counted from 0, or -1 for none; and what it is called in messages. */
    record Place(int field, String name) {
        static final Place NOWHERE = new Place(-1, "");
    }

    boolean isQuoted() {
        return separator == Separator.COMMA;
    }

    boolean hasTimes() {
        return time.field >= 0;
    }

    boolean hasValues() {
        return value.field >= 0;
    }
}
