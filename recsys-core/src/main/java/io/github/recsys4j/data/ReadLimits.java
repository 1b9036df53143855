package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What a reader puts up with before it gives up on a file.
 *
 * <p>Rows that cannot be taken (a missing field, a time that is none, an id that is not UTF-8) fail the load with
 * their file and line, unless {@link #maxBadRows(long)} allows some to be skipped and counted. The other limits keep a
 * file that is not text, or not what it says, from filling the memory.
 *
 * @param maxBadRows how many bad rows are skipped before the load fails, per file
 * @param maxLineBytes the longest line, in bytes
 * @param maxFieldBytes the longest id or field, in bytes
 * @param maxRows the most interactions one data set may hold
 */
public record ReadLimits(long maxBadRows, int maxLineBytes, int maxFieldBytes, int maxRows) {
    private static final ReadLimits DEFAULTS = new ReadLimits(0, 16 << 20, 1 << 20, Integer.MAX_VALUE - 16);

    /**
     * Checks the ranges.
     *
     * @param maxBadRows at least 0
     * @param maxLineBytes from 1 to 2^29
     * @param maxFieldBytes from 1 to 2^29
     * @param maxRows at least 1
     */
    public ReadLimits {
        checkArgument(maxBadRows >= 0, "maxBadRows must be at least 0, got %s", maxBadRows);
        checkBytes("maxLineBytes", maxLineBytes);
        checkBytes("maxFieldBytes", maxFieldBytes);
        checkArgument(maxRows >= 1, "maxRows must be at least 1, got %s", maxRows);
    }

    private static void checkBytes(String name, int bytes) {
        checkArgument(bytes >= 1 && bytes <= 1 << 29, "%s must be from 1 to %s, got %s", name, 1 << 29, bytes);
    }

    /** {@return no bad rows, lines to 16 MiB, fields to 1 MiB, as many rows as an array holds} */
    public static ReadLimits defaults() {
        return DEFAULTS;
    }

    /**
     * {@return these limits with another number of bad rows that are skipped}
     *
     * @param rows at least 0
     */
    public ReadLimits maxBadRows(long rows) {
        return new ReadLimits(rows, maxLineBytes, maxFieldBytes, maxRows);
    }

    /**
     * {@return these limits with another longest line}
     *
     * @param bytes from 1 to 2^29
     */
    public ReadLimits maxLineBytes(int bytes) {
        return new ReadLimits(maxBadRows, bytes, maxFieldBytes, maxRows);
    }

    /**
     * {@return these limits with another longest field}
     *
     * @param bytes from 1 to 2^29
     */
    public ReadLimits maxFieldBytes(int bytes) {
        return new ReadLimits(maxBadRows, maxLineBytes, bytes, maxRows);
    }

    /**
     * {@return these limits with another number of interactions}
     *
     * @param rows at least 1
     */
    public ReadLimits maxRows(int rows) {
        return new ReadLimits(maxBadRows, maxLineBytes, maxFieldBytes, rows);
    }
}
