package io.github.recsys4j.retrieval;

import java.util.Arrays;

/**
 * One more coordinate {@code sqrt(R^2 - |x|^2)} of each item, with which all are as long as the longest, {@code R}. Between
 * items, inner products are then a matter of distance alone, as a graph needs them; a query has 0 there, so its products
 * do not change. (Bachrach et al., "Speeding up the Xbox recommender system using a Euclidean transformation for inner-product
 * spaces", RecSys 2014.) An item that is added later and is longer than {@code R} gets 0.
 *
 * @param values of each item, with room for more
 * @param longest {@code R}
 */
@SuppressWarnings("ArrayRecordComponent")
record Lift(float[] values, double longest) {

    static Lift of(double[] lengths, double longest) {
        float[] values = new float[lengths.length];
        for (int item = 0; item < values.length; item++) {
            values[item] = coordinate(lengths[item], longest);
        }
        return new Lift(values, longest);
    }

    private static float coordinate(double length, double longest) {
        return (float) Math.sqrt(Math.max(0, longest * longest - length * length));
    }

    void put(float[] rows, int from, int dim) {
        for (int row = 0; row < rows.length / dim; row++) {
            values[from + row] = coordinate(Dots.length(rows, row, dim), longest);
        }
    }

    Lift grown(int capacity) {
        return new Lift(Arrays.copyOf(values, capacity), longest);
    }
}
