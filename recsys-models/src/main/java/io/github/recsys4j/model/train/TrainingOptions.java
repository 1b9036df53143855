package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything about a training run that is not the network: each setting has a stated default.
 *
 * <p>Thread-safety: immutable; the builder is not.
 */
public final class TrainingOptions {
    private final Builder settings;

    private TrainingOptions(Builder settings) {
        this.settings = settings;
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return every setting at its default} */
    public static TrainingOptions defaults() {
        return builder().build();
    }

    /** {@return a builder that starts from these settings} */
    public Builder rebuild() {
        return new Builder(settings);
    }

    /** {@return what is minimised; default: softmax over the whole catalogue} */
    public Loss loss() {
        return settings.loss;
    }

    /** {@return what a sampled loss draws; default: 256 uniform negatives per position} */
    public Negatives negatives() {
        return settings.negatives;
    }

    /** {@return how parameters are changed; default: Adam with learning rate 0.001} */
    public Optimizer optimizer() {
        return settings.optimizer;
    }

    /** {@return how the learning rate changes; default: not at all} */
    public Schedule schedule() {
        return settings.schedule;
    }

    /** {@return steps of linear warm-up; default: 0} */
    public int warmupSteps() {
        return settings.warmupSteps;
    }

    /** {@return the share of the rate that the warm-up starts from, in {@code [0, 1]}; default: 0.1} */
    public double warmupStart() {
        return settings.warmupStart;
    }

    /** {@return the largest global norm of a step's gradient; infinite, the default, for no clipping} */
    public double clipNorm() {
        return settings.clipNorm;
    }

    /** {@return sequences per step; default: 128} */
    public int batchSize() {
        return settings.batchSize;
    }

    /** {@return inputs, padding included, that are computed at once; changes time and memory only; default: 4096} */
    public int microBatchPositions() {
        return settings.microBatchPositions;
    }

    /** {@return the most passes over the users; default: 100} */
    public int epochs() {
        return settings.epochs;
    }

    /** {@return steps after which an epoch ends early; default: no limit} */
    public int maxBatchesPerEpoch() {
        return settings.maxBatchesPerEpoch;
    }

    /** {@return how long training may take, ended at an epoch's end; default: no limit} */
    public Optional<Duration> maxDuration() {
        return settings.maxDuration;
    }

    /** {@return the validation metric that chooses the model, higher is better; default: {@code NDCG@10}} */
    public String metric() {
        return settings.metric;
    }

    /** {@return epochs between two validations; default: 1} */
    public int validateEvery() {
        return settings.validateEvery;
    }

    /** {@return validations without a better metric after which training stops; default: 10} */
    public int patience() {
        return settings.patience;
    }

    /** {@return where and when the run saves itself; default: nowhere} */
    public Optional<CheckpointPolicy> checkpoints() {
        return settings.checkpoints;
    }

    /** {@return what every random choice is derived from; default: 42} */
    public long seed() {
        return settings.seed;
    }

    /** {@return threads that compute gradients; default: the processors that the JVM sees} */
    public int threads() {
        return settings.threads;
    }

    /** {@return the settings that decide the course of a run; those that only end it or pace it are left out} */
    String fingerprint() {
        Builder s = settings;
        String horizon = s.schedule instanceof Schedule.Cosine ? " epochs=" + s.epochs : "";
        return "loss=" + s.loss + " negatives=" + s.negatives + " optimizer=" + s.optimizer + " schedule=" + s.schedule
                + " warmup=" + s.warmupSteps + "/" + s.warmupStart + " clip=" + s.clipNorm + " batch=" + s.batchSize
                + " microBatch=" + s.microBatchPositions + " batchesPerEpoch=" + s.maxBatchesPerEpoch + " metric="
                + s.metric + " validateEvery=" + s.validateEvery + " seed=" + s.seed + horizon;
    }

    @Override
    public String toString() {
        return fingerprint() + " epochs=" + settings.epochs + " patience=" + settings.patience + " threads="
                + settings.threads;
    }

    /** Collects settings, checking each. Not thread-safe. */
    public static final class Builder {
        private Loss loss = Loss.fullSoftmax();
        private Negatives negatives = Negatives.uniform(256);
        private Optimizer optimizer = Optimizer.adam();
        private Schedule schedule = Schedule.constant();
        private int warmupSteps;
        private double warmupStart = 0.1;
        private double clipNorm = Double.POSITIVE_INFINITY;
        private int batchSize = 128;
        private int microBatchPositions = 4096;
        private int epochs = 100;
        private int maxBatchesPerEpoch = Integer.MAX_VALUE;
        private Optional<Duration> maxDuration = Optional.empty();
        private String metric = "NDCG@10";
        private int validateEvery = 1;
        private int patience = 10;
        private Optional<CheckpointPolicy> checkpoints = Optional.empty();
        private long seed = 42;
        private int threads = Runtime.getRuntime().availableProcessors();

        private Builder() {}

        private Builder(Builder other) {
            loss = other.loss;
            negatives = other.negatives;
            optimizer = other.optimizer;
            schedule = other.schedule;
            warmupSteps = other.warmupSteps;
            warmupStart = other.warmupStart;
            clipNorm = other.clipNorm;
            batchSize = other.batchSize;
            microBatchPositions = other.microBatchPositions;
            epochs = other.epochs;
            maxBatchesPerEpoch = other.maxBatchesPerEpoch;
            maxDuration = other.maxDuration;
            metric = other.metric;
            validateEvery = other.validateEvery;
            patience = other.patience;
            checkpoints = other.checkpoints;
            seed = other.seed;
            threads = other.threads;
        }

        /**
         * Sets what is minimised.
         *
         * @param value a loss
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder loss(Loss value) {
            loss = value;
            return this;
        }

        /**
         * Sets what a sampled loss draws.
         *
         * @param value negatives
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder negatives(Negatives value) {
            negatives = value;
            return this;
        }

        /**
         * Sets how parameters are changed.
         *
         * @param value an optimizer
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder optimizer(Optimizer value) {
            optimizer = value;
            return this;
        }

        /**
         * Sets how the learning rate changes.
         *
         * @param value a schedule
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder schedule(Schedule value) {
            schedule = value;
            return this;
        }

        /**
         * Lets the learning rate rise linearly over the first steps, before the schedule begins.
         *
         * @param steps at least 0; 0 for no warm-up
         * @param start the share of the rate that it starts from, in {@code [0, 1]}
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder warmup(int steps, double start) {
            checkArgument(steps >= 0, "warmup steps must be at least 0, got %s", steps);
            checkArgument(start >= 0 && start <= 1, "warmup start must be in [0, 1], got %s", start);
            warmupSteps = steps;
            warmupStart = start;
            return this;
        }

        /**
         * Scales a step's gradient down to a global norm.
         *
         * @param norm greater than 0; infinite for no clipping
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder clipNorm(double norm) {
            checkArgument(norm > 0, "clipNorm must be greater than 0, got %s", norm);
            clipNorm = norm;
            return this;
        }

        /**
         * Sets the number of sequences per step.
         *
         * @param value at least 1
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder batchSize(int value) {
            Checks.atLeastOne("batchSize", value);
            batchSize = value;
            return this;
        }

        /**
         * Sets how many inputs are computed at once; less takes less memory.
         *
         * @param value at least 1
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder microBatchPositions(int value) {
            Checks.atLeastOne("microBatchPositions", value);
            microBatchPositions = value;
            return this;
        }

        /**
         * Sets the most passes over the users.
         *
         * @param value at least 1
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder epochs(int value) {
            Checks.atLeastOne("epochs", value);
            epochs = value;
            return this;
        }

        /**
         * Ends an epoch after so many steps; the next one shuffles anew.
         *
         * @param value at least 1
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder maxBatchesPerEpoch(int value) {
            Checks.atLeastOne("maxBatchesPerEpoch", value);
            maxBatchesPerEpoch = value;
            return this;
        }

        /**
         * Ends training after the first epoch that passes a time limit. The only setting that makes two equal runs
         * differ: how many epochs fit depends on the machine.
         *
         * @param value greater than zero
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder maxDuration(Duration value) {
            checkArgument(
                    !value.isNegative() && !value.isZero(), "maxDuration must be greater than zero, got %s", value);
            maxDuration = Optional.of(value);
            return this;
        }

        /**
         * Sets the validation metric that chooses the model and stops training.
         *
         * @param label a metric's label, such as {@code NDCG@10}; higher is better
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder metric(String label) {
            checkArgument(!label.isBlank(), "metric must be a metric's label such as NDCG@10, got a blank one");
            metric = label;
            return this;
        }

        /**
         * Sets the epochs between two validations.
         *
         * @param value at least 1
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder validateEvery(int value) {
            Checks.atLeastOne("validateEvery", value);
            validateEvery = value;
            return this;
        }

        /**
         * Sets the validations without a better metric after which training stops.
         *
         * @param value at least 1; {@link Integer#MAX_VALUE} for never
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder patience(int value) {
            Checks.atLeastOne("patience", value);
            patience = value;
            return this;
        }

        /**
         * Saves the run after each epoch and every five minutes, and goes on from what the folder holds.
         *
         * @param folder made where missing
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder checkpoints(Path folder) {
            return checkpoints(CheckpointPolicy.in(folder));
        }

        /**
         * Saves the run, and goes on from what the folder holds.
         *
         * @param policy where and when
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder checkpoints(CheckpointPolicy policy) {
            checkpoints = Optional.of(policy);
            return this;
        }

        /**
         * Sets what every random choice is derived from.
         *
         * @param value any number
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * Sets the threads that compute gradients; another number may change the last bits of the result.
         *
         * @param value at least 1
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder threads(int value) {
            Checks.atLeastOne("threads", value);
            threads = value;
            return this;
        }

        /** {@return the settings} */
        public TrainingOptions build() {
            return new TrainingOptions(new Builder(this));
        }
    }
}
