package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.model.runtime.Device;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where and how an encoder runs, and what is to be set in code because its folder does not say it or says something
 * else. Everything has a default.
 *
 * <pre>{@code
 * EncoderOptions.builder().device(Device.auto()).modelFile("onnx/model_quantized.onnx").build()
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 */
public final class EncoderOptions {
    private static final int MAX_PREPROCESSING_THREADS = 8;

    private final Builder settings;

    private EncoderOptions(Builder settings) {
        this.settings = settings;
    }

    /** {@return the defaults: CPU, one thread a run, 16 inputs a batch, everything else from the folder} */
    public static EncoderOptions defaults() {
        return builder().build();
    }

    /** {@return a builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    Device device() {
        return settings.device;
    }

    int threads() {
        return settings.threads;
    }

    int batchSize() {
        return settings.batchSize;
    }

    int preprocessingThreads() {
        int spare = Runtime.getRuntime().availableProcessors() - settings.threads;
        return settings.preprocessingThreads.orElse(Math.max(1, Math.min(MAX_PREPROCESSING_THREADS, spare)));
    }

    Optional<String> modelFile() {
        return settings.modelFile;
    }

    Optional<String> output() {
        return settings.output;
    }

    Optional<Pooling> pooling() {
        return settings.pooling;
    }

    Optional<Boolean> normalized() {
        return settings.normalized;
    }

    OptionalInt maxTokens() {
        return settings.maxTokens;
    }

    Optional<ImagePreprocessing> imagePreprocessing() {
        return settings.imagePreprocessing;
    }

    Optional<AudioPreprocessing> audioPreprocessing() {
        return settings.audioPreprocessing;
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder implements Cloneable {
        private Device device = Device.cpu();
        private int threads = 1;
        private int batchSize = 16;
        private OptionalInt preprocessingThreads = OptionalInt.empty();
        private Optional<String> modelFile = Optional.empty();
        private Optional<String> output = Optional.empty();
        private Optional<Pooling> pooling = Optional.empty();
        private Optional<Boolean> normalized = Optional.empty();
        private OptionalInt maxTokens = OptionalInt.empty();
        private Optional<ImagePreprocessing> imagePreprocessing = Optional.empty();
        private Optional<AudioPreprocessing> audioPreprocessing = Optional.empty();

        private Builder() {}

        /**
         * Sets where the network runs.
         *
         * @param where the device, default the CPU
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder device(Device where) {
            device = Objects.requireNonNull(where, "device");
            return this;
        }

        /**
         * Sets how many threads share one run of the network.
         *
         * @param count at least 1, the default
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        @CanIgnoreReturnValue
        public Builder threads(int count) {
            threads = atLeastOne("threads", count);
            return this;
        }

        /**
         * Sets how many inputs go through the network at once.
         *
         * @param inputs at least 1, default 16
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        @CanIgnoreReturnValue
        public Builder batchSize(int inputs) {
            batchSize = atLeastOne("batch size", inputs);
            return this;
        }

        /**
         * Sets how many threads prepare the next batch while the network works on one; the calling thread helps where it
         * would wait for them.
         *
         * @param count at least 1, default the processors that the network's {@linkplain #threads threads} leave, from 1 to 8
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        @CanIgnoreReturnValue
        public Builder preprocessingThreads(int count) {
            preprocessingThreads = OptionalInt.of(atLeastOne("preprocessing threads", count));
            return this;
        }

        /**
         * Chooses one of several networks in the folder, such as a quantized one.
         *
         * @param path below the folder, such as {@code onnx/model_fp16.onnx}
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder modelFile(String path) {
            modelFile = Optional.of(path);
            return this;
        }

        /**
         * Chooses the network's output by name; default the one that the pooling asks for.
         *
         * @param name of an output
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder output(String name) {
            output = Optional.of(name);
            return this;
        }

        /**
         * Sets how the output becomes a vector; default what the folder says.
         *
         * @param how the pooling
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder pooling(Pooling how) {
            pooling = Optional.of(how);
            return this;
        }

        /**
         * Sets whether vectors are brought to length 1; default what the folder says.
         *
         * @param on whether they are
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder normalized(boolean on) {
            normalized = Optional.of(on);
            return this;
        }

        /**
         * Sets how many tokens of a text are read, the special ones included; default what the folder says.
         *
         * @param tokens at least 1
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        @CanIgnoreReturnValue
        public Builder maxTokens(int tokens) {
            maxTokens = OptionalInt.of(atLeastOne("max tokens", tokens));
            return this;
        }

        /**
         * Sets what happens to pictures, in place of {@code preprocessor_config.json}.
         *
         * @param how the preprocessing
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder imagePreprocessing(ImagePreprocessing how) {
            imagePreprocessing = Optional.of(how);
            return this;
        }

        /**
         * Sets what happens to sounds, in place of {@code preprocessor_config.json}.
         *
         * @param how the preprocessing
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder audioPreprocessing(AudioPreprocessing how) {
            audioPreprocessing = Optional.of(how);
            return this;
        }

        private static int atLeastOne(String name, int value) {
            checkArgument(value >= 1, "%s must be at least 1, got %s", name, value);
            return value;
        }

        /** {@return the options as they are now} */
        public EncoderOptions build() {
            try {
                return new EncoderOptions((Builder) clone());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("a Cloneable class can be cloned", e);
            }
        }
    }
}
