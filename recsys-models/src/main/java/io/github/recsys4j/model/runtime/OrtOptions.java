package io.github.recsys4j.model.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Objects;

/**
 * How ONNX Runtime runs a model.
 *
 * @param device where it runs
 * @param threads how many threads share one run, at least 1; with 1 a run stays on the calling thread, which
 *     gives many callers the most runs per second and always the same sums
 */
public record OrtOptions(Device device, int threads) {

    /**
     * Checks the options.
     *
     * @param device where it runs
     * @param threads threads within one run
     * @throws IllegalArgumentException if {@code threads} is below 1
     */
    public OrtOptions {
        Objects.requireNonNull(device, "device");
        checkArgument(threads >= 1, "threads must be at least 1, got %s", threads);
    }

    /**
     * {@return one thread a run on that device}
     *
     * @param device where the model runs
     */
    public static OrtOptions on(Device device) {
        return new OrtOptions(device, 1);
    }

    /**
     * {@return the same device with another number of threads}
     *
     * @param count threads within one run, at least 1
     */
    public OrtOptions withThreads(int count) {
        return new OrtOptions(device, count);
    }
}
