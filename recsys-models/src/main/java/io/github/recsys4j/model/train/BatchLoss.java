package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.model.network.PairScorer;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

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
    private final KnownItems known;
    private final Optional<InBatch> inBatch;

    private int[] shared = {};

    BatchLoss(SequenceNetwork network, TrainingOptions options, TrainingSequences sequences, KnownItems known) {
        boolean learns = options.loss().inBatch().filter(InBatch::learned).isPresent();
        checkArgument(
                learns == network.learnedTemperature().isPresent(),
                "%s and the network must both learn a temperature or neither: see SequenceNetwork.withLearnedTemperature",
                options.loss());
        checkArgument(
                network.pairScorer().isEmpty() || options.loss().needsNegatives(),
                "%s cannot train a scorer of pairs: use BCE, gBCE, BPR or a sampled softmax",
                options.loss());
        this.known = known;
        this.inBatch = options.loss().inBatch();
        this.network = network;
        this.negatives = options.negatives();
        this.seed = options.seed();
        this.sequences = sequences;
        this.samples = options.loss().needsNegatives();
        this.sampler = samples
                ? NegativeSampler.of(negatives, known.select(sequences.itemCounts(network.items())))
                : NegativeSampler.of(Negatives.uniform(1), new int[known.size()]);
        this.computation =
                new LossComputation(options.loss(), known.size(), logProbabilities(options.loss(), sequences));
    }

    /** In-batch negatives come as often as they are labels. */
    private float[] logProbabilities(Loss loss, TrainingSequences sequences) {
        if (!LossComputation.corrects(loss)) {
            return NO_CORRECTION;
        }
        NegativeSampler source = samples
                ? sampler
                : NegativeSampler.of(Negatives.popularity(1), known.select(sequences.itemCounts(network.items())));
        return source.logProbabilities();
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
        TorchTensor table = known.rows(pass, (TorchTensor) network.vectors(pass));
        return network.pairScorer()
                .map(scorer -> ofPairs(pass, scorer, (TorchTensor) hidden, table, targets, 1.0 / positions))
                .orElseGet(() -> computation.compute((TorchTensor) hidden, table, targets, 1.0 / positions));
    }

    /** Each position is paired with its next item and its negatives. */
    private LossComputation.Result ofPairs(
            TorchStep pass, PairScorer scorer, TorchTensor hidden, TorchTensor table, Targets targets, double scale) {
        int rows = targets.positions();
        int columns = targets.count() + 1;
        Tensor items = table.gather(pass.indices(targets.all(0, rows), rows, columns));
        Tensor users = hidden.reshape(0, 1, network.tower().dim());
        Tensor scores = scorer.scores(pass, users, items).reshape(rows, columns);
        Scores split = new Scores(TorchStep.array(scores.slice(1, 0, 1)), TorchStep.array(scores.slice(1, 1, columns)));
        return computation.penalized(computation.ofScores(pass, split, targets, scale), hidden, table, targets, scale);
    }

    /** Draws a part's negatives from a stream named by the key. */
    Targets targets(MicroBatch part, long key) {
        int[] labels = known.places(part.labels());
        if (!samples) {
            return Targets.inBatch(labels, masks(part, labels));
        }
        return negatives.shared()
                ? Targets.shared(labels, shared)
                : Targets.perPosition(labels, draw(part, stream(key)), negatives.count());
    }

    private List<BitSet> masks(MicroBatch part, int[] labels) {
        return inBatch.map(settings -> InBatchMasks.of(
                        settings.accidentalHits(),
                        labels,
                        part.owners(),
                        row -> known.places(sequences.sortedItems(part.users()[row]))))
                .orElse(List.of());
    }

    private int[] draw(MicroBatch part, Randomness random) {
        return part.drawNegatives(user -> known.places(sequences.sortedItems(user)), sampler, negatives, random);
    }
}
