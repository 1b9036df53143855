package io.github.recsys4j.data;

import java.util.Arrays;

/** Rearranges a stretch of a column. */
final class Permutation {
    private Permutation() {}

    /** Puts entry {@code from + order[i]} in the place of entry {@code from + i}. */
    static void apply(int[] column, int from, int[] order, int count) {
        int[] before = Arrays.copyOfRange(column, from, from + count);
        for (int i = 0; i < count; i++) {
            column[from + i] = before[order[i]];
        }
    }
}
