package io.github.recsys4j.feature;

import io.github.recsys4j.EncodingException;
import io.github.recsys4j.InferenceException;
import java.util.List;

/**
 * Turns content into vectors, always the same one for the same content.
 *
 * <p>Thread-safety: an encoder may be used by many threads at once. Whoever opened an encoder closes it; what is handed
 * an encoder, such as a cache, never does.
 *
 * @param <T> what it reads
 */
public interface Encoder<T> extends AutoCloseable {

    /** {@return name, modality, dimension and fingerprint; the same object's never change} */
    EncoderInfo info();

    /**
     * Encodes a list, in batches as the encoder sees fit.
     *
     * @param inputs what to encode; may be empty
     * @return row-major {@code [inputs.size(), info().dim()]}, every value finite; the row of an input does not depend
     *     on its neighbours beyond rounding
     * @throws EncodingException if an input is broken; it names the input's position, and nothing was encoded
     * @throws InferenceException if the encoder itself fails, whatever the input
     * @throws IllegalStateException if the encoder was closed
     */
    float[] encode(List<? extends T> inputs);

    /** Frees what the encoder holds. Calling it again does nothing. */
    @Override
    void close();
}
