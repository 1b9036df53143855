package io.github.recsys4j.model.encoder;

import io.github.recsys4j.EncodingException;
import java.util.List;

/** What the built-in encoders share. */
final class BuiltIns {
    private static final double SMALLEST_LENGTH = 1e-12;

    private BuiltIns() {}

    /** Describes one input into a place of the target. */
    @FunctionalInterface
    interface Describe<T> {
        void into(T input, float[] target, int offset) throws BrokenContentException;
    }

    /** Describes inputs one after the other on the calling thread. */
    static <T> float[] rows(List<? extends T> inputs, int dim, Describe<T> describe) {
        float[] rows = new float[Math.multiplyExact(inputs.size(), dim)];
        for (int i = 0; i < inputs.size(); i++) {
            try {
                describe.into(inputs.get(i), rows, i * dim);
            } catch (BrokenContentException e) {
                throw new EncodingException("Input " + i + " cannot be encoded: " + e.getMessage(), i, e);
            }
        }
        return rows;
    }

    /** Brings a part of an array to a length, unless it is zero. */
    static void scale(float[] values, int from, int count, double length) {
        double squares = 0;
        for (int i = from; i < from + count; i++) {
            squares += (double) values[i] * values[i];
        }
        double factor = length / Math.max(SMALLEST_LENGTH, Math.sqrt(squares));
        for (int i = from; i < from + count; i++) {
            values[i] = (float) (values[i] * factor);
        }
    }
}
