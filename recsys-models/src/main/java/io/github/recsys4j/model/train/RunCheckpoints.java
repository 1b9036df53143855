package io.github.recsys4j.model.train;

import io.github.recsys4j.TrainingException;
import java.util.Map;
import java.util.Optional;

/** Saves a run when it is due, and finds the checkpoint that a run goes on from. Not thread-safe. */
final class RunCheckpoints {
    private final CheckpointPolicy policy;
    private final CheckpointStore store;
    private final String fingerprint;
    private long lastNanos = System.nanoTime();

    RunCheckpoints(CheckpointPolicy policy, String fingerprint) {
        this.policy = policy;
        this.store = new CheckpointStore(policy.folder());
        this.fingerprint = fingerprint;
    }

    /**
     * {@return the newest checkpoint of this run, if there is one}
     *
     * @throws TrainingException if the folder holds another run's
     */
    Optional<Checkpoint> newest() {
        Optional<Checkpoint> found = store.newest();
        found.filter(checkpoint -> !checkpoint.fingerprint().equals(fingerprint))
                .ifPresent(other -> {
                    throw new TrainingException("checkpoint folder " + policy.folder() + " holds another run's: it has "
                            + other.fingerprint() + ", this run has " + fingerprint
                            + ". Delete the folder, name another, or train with those settings and data.");
                });
        return found;
    }

    boolean dueInMidEpoch() {
        return !policy.every().isZero()
                && System.nanoTime() - lastNanos >= policy.every().toNanos();
    }

    boolean dueAfter(int epoch) {
        return epoch % policy.everyEpochs() == 0;
    }

    /** Saves; refuses tensors that are not finite, so that the last checkpoint stays a good one. */
    void save(RunState state, Map<String, Map<String, float[]>> tensors) {
        tensors.forEach((group, values) -> values.forEach((name, floats) -> checkFinite(state, name, floats)));
        store.write(new Checkpoint(fingerprint, state, tensors), policy.keep());
        lastNanos = System.nanoTime();
    }

    private void checkFinite(RunState state, String name, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new TrainingException("parameter " + name + " holds " + value + " after step " + state.step()
                        + ", so nothing was saved. Likely causes: a learning rate that is too high or exploding"
                        + " gradients (set clipNorm). The last good checkpoint is still in " + policy.folder() + ".");
            }
        }
    }
}
