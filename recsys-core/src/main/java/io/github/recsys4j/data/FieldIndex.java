package io.github.recsys4j.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Where the separators and line feeds of a block are. Eight bytes are compared at a time, and their positions
 * written without a branch on how many there were; walking from one to the next is then all that is left of
 * splitting. The idea is that of Langdale and Lemire, Parsing gigabytes of JSON per second, VLDB Journal 2019.
 *
 * <p>Not thread-safe.
 */
final class FieldIndex {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final int WRITTEN_AT_ONCE = 3;

    private final long separators;
    private final long lineFeeds = '\n' * EACH_BYTE;
    private final long quotes = '"' * EACH_BYTE;
    private int[] positions = new int[1 << 10];
    private int size;
    private boolean hasQuotes;

    FieldIndex(byte separator) {
        separators = separator * EACH_BYTE;
    }

    /** Finds the separators and line feeds of a block, and whether it has quotes. */
    void build(Block block) {
        byte[] bytes = block.bytes;
        int words = block.length / Long.BYTES;
        long notQuote = -1;
        int found = 0;
        for (int word = 0; word < words; word++) {
            if (found + Long.BYTES + WRITTEN_AT_ONCE > positions.length) {
                positions = Arrays.copyOf(positions, 2 * positions.length);
            }
            int at = word * Long.BYTES;
            long text = (long) LONGS.get(bytes, at);
            notQuote &= nonZero(text ^ quotes);
            long marks = ~((nonZero(text ^ separators) & nonZero(text ^ lineFeeds)) | LOW_BITS);
            found = write(marks, at, found);
        }
        size = found;
        hasQuotes = (~notQuote & ~LOW_BITS) != 0;
        buildRest(block, words * Long.BYTES);
    }

    /** The high bit of each byte tells whether the byte is not zero; the other bits are noise. */
    private static long nonZero(long bytes) {
        return ((bytes & LOW_BITS) + LOW_BITS) | bytes;
    }

    private int write(long allMarks, int at, int found) {
        long marks = allMarks;
        int next = found;
        for (int i = 0; i < WRITTEN_AT_ONCE; i++) {
            positions[next + i] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
        }
        next += WRITTEN_AT_ONCE;
        while (marks != 0) {
            positions[next++] = at + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
        }
        return found + Long.bitCount(allMarks);
    }

    private void buildRest(Block block, int from) {
        byte separator = (byte) separators;
        for (int at = from; at < block.length; at++) {
            byte character = block.bytes[at];
            hasQuotes |= character == '"';
            if (character == separator || character == '\n') {
                if (size == positions.length) {
                    positions = Arrays.copyOf(positions, 2 * size);
                }
                positions[size++] = at;
            }
        }
    }

    /** Whether there is a quote anywhere. */
    boolean hasQuotes() {
        return hasQuotes;
    }

    /** The first mark at or behind a place, searched from another mark on. */
    int firstFrom(int at, int mark) {
        int next = mark;
        while (next < size && positions[next] < at) {
            next++;
        }
        return next;
    }

    /** The line feed of the line whose first separator is the mark, if it has exactly so many fields; else -1. */
    int endOfLine(byte[] bytes, int mark, int fields) {
        int last = mark + fields - 1;
        if (last >= size || bytes[positions[last]] != '\n') {
            return -1;
        }
        for (int field = mark; field < last; field++) {
            if (bytes[positions[field]] == '\n') {
                return -1;
            }
        }
        return positions[last];
    }

    /** Where the separators and line feeds are, ascending; entries behind the last one mean nothing. */
    int[] positions() {
        return positions;
    }
}
