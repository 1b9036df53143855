package io.github.recsys4j.rerank;

/** Brings the numbers of one request to a common range. */
final class Scale {
    private Scale() {}

    /** To {@code [0, 1]} in place; zeros where all are the same. */
    static void toUnit(double[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = max > min ? (values[i] - min) / (max - min) : 0;
        }
    }
}
