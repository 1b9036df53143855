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

    /** The similarity of an item to a query of lanes, in units of the two steps, and apart from a constant of the query. */
    int score(long[] lanes, int item) {
        return CodeKernel.dot(lanes, words, item * wordsPerItem);
    }

    /** Prepares an item for the role of a query. */
    void lanes(int item, long[] lanes) {
        CodeKernel.lanes(words, item * wordsPerItem, lanes);
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
            CodeKernel.pack(rows, row * dim, dim, step, words, (from + row) * wordsPerItem);
        }
    }

    /** Codes with room for so many items; the same where there is room already. */
    Codes grown(int size) {
        if (size * (long) wordsPerItem <= words.length) {
            return this;
        }
        int capacity = Math.max(size, size + size / 4);
        return new Codes(
                Arrays.copyOf(words, Math.multiplyExact(capacity, wordsPerItem)),
                wordsPerItem,
                step,
                lift.map(values -> values.grown(capacity)));
    }
}
