package io.github.recsys4j.retrieval;

import java.util.Arrays;
import java.util.Optional;

/**
 * The codes of all items ({@link CodeKernel}).
 *
 * @param words those of each item, with room for more
 * @param wordsPerItem how many
 * @param step what one unit of a code stands for
 * @param lift each item's added coordinate, or empty where all are equally long
 */
@SuppressWarnings("ArrayRecordComponent")
record Codes(long[] words, int wordsPerItem, float step, Optional<Lift> lift) {

    /**
     * Where the first item's words begin. An array's elements lie 16 bytes behind its beginning, and large arrays begin at
     * a multiple of a cache line: codes of 64 bytes then take one line each, not two.
     */
    static final int FIRST = 6;

    /** Room for the words of so many items. */
    static long[] room(int items, int wordsPerItem) {
        return new long[length(items, wordsPerItem)];
    }

    private static int length(int items, int wordsPerItem) {
        return Math.addExact(FIRST, Math.multiplyExact(items, wordsPerItem));
    }

    /** An item's first word. */
    int at(int item) {
        return FIRST + item * wordsPerItem;
    }

    /** The similarity of an item to a query of lanes, in units of the two steps, and apart from a constant of the query. */
    int score(long[] lanes, int item) {
        return CodeKernel.dot(lanes, words, at(item));
    }

    /** Loads an item's first and last word, so that scoring it afterwards waits less. */
    long touch(int item) {
        int at = at(item);
        return words[at] + words[at + wordsPerItem - 1];
    }

    /** Prepares an item for the role of a query. */
    void lanes(int item, long[] lanes) {
        CodeKernel.lanes(words, at(item), lanes);
    }

    /** What the added coordinates contribute to the similarity of two items, in units of the codes. */
    int lifted(int one, int other) {
        if (lift.isEmpty()) {
            return 0;
        }
        float[] values = lift.get().values();
        return Math.round(values[one] * values[other] / (step * step));
    }

    void pack(float[] rows, int from, int count, int dim) {
        for (int row = 0; row < count; row++) {
            CodeKernel.pack(rows, row * dim, dim, step, words, at(from + row));
        }
    }

    /** Codes with room for so many items; the same where there is room already. */
    Codes grown(int size) {
        if (FIRST + size * (long) wordsPerItem <= words.length) {
            return this;
        }
        int capacity = Math.max(size, size + size / 4);
        return new Codes(
                Arrays.copyOf(words, length(capacity, wordsPerItem)),
                wordsPerItem,
                step,
                lift.map(values -> values.grown(capacity)));
    }
}
