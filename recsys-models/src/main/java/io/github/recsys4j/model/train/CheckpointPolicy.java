package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where and when a run saves itself, so that it can go on after a crash as if nothing had happened.
 *
 * <p>A run that finds a checkpoint of its own in the folder goes on from it; one of another run is refused.
 *
 * <p>Thread-safety: immutable.
 *
 * @param folder the folder of the checkpoints; made where missing
 * @param everyEpochs save after so many epochs, at least 1
 * @param every save in mid-epoch too when so much time has passed since the last one; zero for never
 * @param keep how many of the newest stay on disk, at least 1
 */
public record CheckpointPolicy(Path folder, int everyEpochs, Duration every, int keep) {

    /**
     * Checks the ranges.
     *
     * @param folder the folder of the checkpoints
     * @param everyEpochs epochs between two
     * @param every time between two in mid-epoch
     * @param keep how many stay
     */
    public CheckpointPolicy {
        Checks.atLeastOne("checkpoint everyEpochs", everyEpochs);
        checkArgument(!every.isNegative(), "checkpoint every must not be negative, got %s", every);
        Checks.atLeastOne("checkpoint keep", keep);
    }

    /**
     * {@return a policy that saves after each epoch and every five minutes, and keeps two}
     *
     * @param folder the folder of the checkpoints
     */
    public static CheckpointPolicy in(Path folder) {
        return new CheckpointPolicy(folder, 1, Duration.ofMinutes(5), 2);
    }

    /**
     * {@return the same with another distance in epochs}
     *
     * @param epochs at least 1
     */
    public CheckpointPolicy everyEpochs(int epochs) {
        return new CheckpointPolicy(folder, epochs, every, keep);
    }

    /**
     * {@return the same with another distance in time}
     *
     * @param time zero for only at the ends of epochs
     */
    public CheckpointPolicy every(Duration time) {
        return new CheckpointPolicy(folder, everyEpochs, time, keep);
    }
}
