package io.github.recsys4j.feature;

import io.github.recsys4j.EncodingException;
import java.util.List;
import java.util.function.Function;

/** Encodes a list of which some may be broken: what stands before a broken one is encoded, then what stands behind it. */
final class TolerantEncoding {

    /** Hears of each input once. */
    interface Result {
        /** The vector of an input begins at a place of an array. */
        void encoded(int position, float[] rows, int offset);

        /** An input has no vector. */
        void broken(int position, String reason);
    }

    private TolerantEncoding() {}

    /** Asks an encoder; one behind a cache looks everything up once, however many are broken. */
    static <T> void encode(Encoder<T> encoder, List<? extends T> inputs, Result result) {
        if (encoder instanceof CachedEncoder<T> cached) {
            cached.vectors().encode(inputs, result);
        } else {
            TolerantEncoding.<T>encode(encoder::encode, encoder.info().dim(), inputs, result);
        }
    }

    /** Asks a function that gives a row of that width for each input. */
    static <T> void encode(
            Function<List<? extends T>, float[]> encoder, int dim, List<? extends T> inputs, Result result) {
        int from = 0;
        int to = inputs.size();
        while (from < inputs.size()) {
            try {
                float[] rows = encoder.apply(inputs.subList(from, to));
                for (int at = from; at < to; at++) {
                    result.encoded(at, rows, (at - from) * dim);
                }
                from = to;
                to = inputs.size();
            } catch (EncodingException e) {
                int position = from + Math.min(e.position(), to - from - 1);
                if (position > from) {
                    to = position;
                } else {
                    result.broken(position, String.valueOf(e.getMessage()));
                    from++;
                    to = inputs.size();
                }
            }
        }
    }
}
