package io.github.recsys4j.model.train;

import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;

/**
 * The loss of a batch that is computed in parts, with the negatives that it needs: drawn once where the batch shares
 * them, otherwise for each part from a stream of its own. {@link #begin} aside, parts may be computed on several
 * threads.
 */
final class BatchLoss {
    private static final float[] NO_CORRECTION = {};

    private final SequenceNetwork network;
    private final Negatives negatives;
    private final long seed;
    private final TrainingSequences sequences;
    private final NegativeSampler sampler;
    private final boolean samples;
    private final LossComputation computation;

    private int[] shared = {};

    BatchLoss(SequenceNetwork network, TrainingOptions options, TrainingSequences sequences) {
        this.network = network;
        this.negatives = options.negatives();
        this.seed = options.seed();
        this.sequences = sequences;
        this.samples = options.loss().needsNegatives();
        this.sampler = samples
                ? NegativeSampler.of(negatives, sequences.itemCounts(network.items()))
                : NegativeSampler.of(Negatives.uniform(1), new int[network.items()]);
        boolean corrects = options.loss().kind() == Loss.Kind.SAMPLED_SOFTMAX_CORRECTED;
        this.computation = new LossComputation(
                options.loss(), network.items(), corrects ? sampler.logProbabilities() : NO_CORRECTION);
    }

    /** Draws what the whole batch shares, from a stream named by the key. */
    void begin(long key) {
        if (samples && negatives.shared()) {
            shared = new int[negatives.count()];
            sampler.fill(shared, 0, shared.length, stream(key));
        }
    }

    private Randomness stream(long key) {
        return Randomness.of(seed, Randomness.Purpose.NEGATIVES, key);
    }

    /**
     * Computes a part's share of the mean loss over all positions of the batch.
     *
     * @param hidden user vectors at the part's real positions, {@code [count, dim]}
     * @param targets what {@link #targets} gave for the part
     * @param positions of the whole batch
     */
    LossComputation.Result of(TorchStep pass, Tensor hidden, Targets targets, int positions) {
        TorchTensor table = (TorchTensor) network.vectors(pass);
        return computation.compute((TorchTensor) hidden, table, targets, 1.0 / positions);
    }

    /** Draws a part's negatives from a stream named by the key. */
    Targets targets(MicroBatch part, long key) {
        if (!samples) {
            return Targets.of(part.labels());
        }
        return negatives.shared()
                ? Targets.shared(part.labels(), shared)
                : Targets.perPosition(
                        part.labels(),
                        part.drawNegatives(sequences, sampler, negatives, stream(key)),
                        negatives.count());
    }
}
