package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.data.Interactions;
import java.util.Arrays;

/** Who follows whom: row {@code i} holds the items that came right after item {@code i}, repeated, sorted. */
final class Transitions {
    private final int[] offsets;
    private final int[] next;

    private Transitions(int[] offsets, int[] next) {
        this.offsets = offsets;
        this.next = next;
    }

    static Transitions of(Interactions interactions, int numItems) {
        int[] offsets = new int[numItems + 1];
        for (int user = 0; user < interactions.numUsers(); user++) {
            for (int row = interactions.start(user); row < interactions.end(user) - 1; row++) {
                offsets[interactions.item(row) + 1]++;
            }
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] end = offsets.clone();
        int[] next = new int[offsets[numItems]];
        for (int user = 0; user < interactions.numUsers(); user++) {
            for (int row = interactions.start(user); row < interactions.end(user) - 1; row++) {
                next[end[interactions.item(row)]++] = interactions.item(row + 1);
            }
        }
        for (int item = 0; item < numItems; item++) {
            Arrays.sort(next, offsets[item], offsets[item + 1]);
        }
        return new Transitions(offsets, next);
    }

    /** Adds {@code weight * count(last -> j) / count(last -> any)} to each item {@code j}. */
    void add(int last, double weight, double[] scores) {
        int end = offsets[last + 1];
        double total = end - offsets[last];
        for (int from = offsets[last]; from < end; ) {
            int to = from;
            while (to < end && next[to] == next[from]) {
                to++;
            }
            scores[next[from]] += weight * ((to - from) / total);
            from = to;
        }
    }
}
