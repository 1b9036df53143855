package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes a {@link Loss} of packed positions without ever holding all scores: positions are taken in chunks that fit
 * the processor's cache, each chunk's gradient is formed while its scores are there, and the whole is given to the
 * network as {@code sum(h * stopGradient(dh)) + sum(E * stopGradient(dE))}, since the engine has no operations of our
 * own.
 *
 * <p>Negatives of each position are scored either by one product of the chunk with the whole catalogue, from which the
 * wanted scores are picked, or by gathering their rows: the product costs 6 N d operations a position at some hundred
 * a nanosecond, gathering k d floats several times at a few a nanosecond; estimated, they meet where the catalogue is
 * {@value #PICK_FACTOR} times the negatives.
 */
final class LossComputation {
    private static final int PICK_FACTOR = 40;
    private static final Plan DEFAULT = new Plan(PICK_FACTOR, 1 << 21, 1 << 24);
    private static final int SMALLEST_CHUNK = 64;

    private final Loss loss;
    private final int items;
    private final float[] logProbabilities;
    private final Plan plan;

    /**
     * How chunks are cut.
     *
     * @param pickFactor the catalogue is scored as a whole up to this multiple of the negatives
     * @param scores a chunk's scores, at least one row of them
     * @param gathered a chunk's gathered floats, at least one row of them
     */
    record Plan(int pickFactor, int scores, int gathered) {}

    /**
     * Prepares a loss.
     *
     * @param loss the formula
     * @param items size of the catalogue
     */
    LossComputation(Loss loss, int items) {
        this(loss, items, new float[0]);
    }

    /**
     * Prepares a loss that corrects for sampling.
     *
     * @param loss the formula
     * @param items size of the catalogue
     * @param logProbabilities for each item the logarithm of the probability that one draw gives it; empty for losses
     *     that do not correct
     */
    LossComputation(Loss loss, int items, float[] logProbabilities) {
        this(loss, items, logProbabilities, DEFAULT);
    }

    LossComputation(Loss loss, int items, float[] logProbabilities, Plan plan) {
        boolean corrects = corrects(loss);
        checkArgument(
                logProbabilities.length == (corrects ? items : 0),
                "%s over %s items needs %s probabilities, given %s",
                loss.kind(),
                items,
                corrects ? items : 0,
                logProbabilities.length);
        this.loss = loss;
        this.items = items;
        this.logProbabilities = logProbabilities;
        this.plan = plan;
    }

    /**
     * Computes the loss.
     *
     * @param hidden user vectors, {@code [positions, dim]}
     * @param table item vectors, {@code [items, dim]}
     * @param targets for each position
     * @param scale of each position's loss, one over the number of positions of the whole batch for a mean
     * @return what {@link TorchStep#backward} takes, and the sum of scaled losses
     */
    Result compute(TorchTensor hidden, TorchTensor table, Targets targets, double scale) {
        checkArgument(
                loss.needsNegatives() == (targets.count() > 0),
                "%s takes %s negatives, given %s for each position",
                loss.kind(),
                loss.needsNegatives() ? "at least 1" : "no",
                targets.count());
        return penalized(unpenalized(hidden, table, targets, scale), hidden, table, targets, scale);
    }

    private Result unpenalized(TorchTensor hidden, TorchTensor table, Targets targets, double scale) {
        if (loss.inBatch().isPresent()) {
            return inBatch(hidden, table, targets, scale);
        }
        if (!loss.needsNegatives()) {
            return FullSoftmax.compute(hidden, table, targets, scale, chunk(), loss.labelSmoothing());
        }
        return gathersOnce(targets) ? direct(hidden, table, targets, scale) : chunked(hidden, table, targets, scale);
    }

    /** As {@link #compute}, for positions that were scored by whoever calls. */
    Result ofScores(TorchStep step, Scores scores, Targets targets, double scale) {
        PtNDArray rows = rowLoss(step, scores, targets, 0);
        TorchTensor sum = step.wrap(step.own(JniUtils.sum(rows)).mul(step.number(scale)));
        return new Result(sum, TorchTensor.number(sum.array()));
    }

    /** A result and the penalty of the vectors it compares, where the loss has one. */
    Result penalized(Result result, TorchTensor hidden, TorchTensor table, Targets targets, double scale) {
        if (loss.embeddingPenalty() == 0) {
            return result;
        }
        TorchTensor penalty = EmbeddingPenalty.of(hidden, table, targets).scaled(loss.embeddingPenalty() * scale);
        return new Result(
                (TorchTensor) result.backward.add(penalty), result.value + TorchTensor.number(penalty.array()));
    }

    /** Whether a loss asks how probable the items are. */
    static boolean corrects(Loss loss) {
        boolean inBatch =
                loss.inBatch().filter(settings -> settings.logQ() != LogQ.NONE).isPresent();
        return inBatch || loss.kind() == Loss.Kind.SAMPLED_SOFTMAX_CORRECTED;
    }

    private Result inBatch(TorchTensor hidden, TorchTensor table, Targets targets, double scale) {
        TorchStep step = hidden.step();
        InBatch settings = loss.inBatch().orElseThrow();
        long[] labels = targets.positives(0, targets.positions());
        TorchTensor vectors =
                step.wrap(JniUtils.embedding(step.indices(labels, labels.length).array(), table.array(), false));
        TorchTensor scores = settings.learned()
                ? Contrast.scores(hidden, vectors, settings.cosine(), step.get(SequenceNetwork.LOG_SCALE))
                : Contrast.scores(hidden, vectors, settings);
        TorchTensor rows = Contrast.rowLosses(scores, columns(targets), settings);
        TorchTensor sum = step.wrap(JniUtils.sum(rows.array())).scaled(scale);
        return new Result(sum, TorchTensor.number(sum.array()));
    }

    private Contrast.Columns columns(Targets targets) {
        int[] items = new int[targets.positions()];
        float[] logQ = new float[items.length];
        for (int i = 0; i < items.length; i++) {
            items[i] = targets.positive(i);
            logQ[i] = logProbabilities.length > 0 ? logProbabilities[items[i]] : 0;
        }
        return Contrast.Columns.of(items).withLogQ(logQ).withMasked(targets.masked());
    }

    /** What to run backward from, and the value of the loss; the two differ where the gradient was formed by hand. */
    record Result(TorchTensor backward, double value) {}

    private static boolean gathersOnce(Targets targets) {
        return targets.isShared() || targets.count() == 1;
    }

    private int chunk() {
        int wanted = plan.scores() / items;
        return plan.equals(DEFAULT) ? Math.max(SMALLEST_CHUNK, wanted) : Math.max(1, wanted);
    }

    /** Few scores: an ordinary graph over all positions. */
    private Result direct(TorchTensor hidden, TorchTensor table, Targets targets, double scale) {
        TorchStep step = hidden.step();
        Scores scores = targets.isShared()
                ? Scores.shared(step, hidden.array(), table.array(), targets)
                : Scores.gathered(step, hidden.array(), table.array(), targets, 0, targets.positions());
        return ofScores(step, scores, targets, scale);
    }

    private Result chunked(TorchTensor hidden, TorchTensor table, Targets targets, double scale) {
        TorchStep step = hidden.step();
        boolean picks = (long) targets.count() * plan.pickFactor() >= items;
        int dim = (int) hidden.shape().get(1);
        int chunk = picks ? chunk() : Math.max(1, Math.max(plan.gathered(), items * dim) / (targets.count() * dim));
        PtNDArray leaf = leaf(step, table.array());
        List<PtNDArray> gradients = new ArrayList<>();
        double value = 0;
        for (int from = 0; from < targets.positions(); from += chunk) {
            int to = Math.min(targets.positions(), from + chunk);
            try (Scratch scratch = new Scratch()) {
                PtNDArray part = leaf(step, JniUtils.slice(hidden.array(), 0, from, to, 1));
                Scores scores = picks
                        ? Scores.picked(step, part, leaf, targets, from, to)
                        : Scores.gathered(step, part, leaf, targets, from, to);
                PtNDArray sum = JniUtils.sum(rowLoss(step, scores, targets, from));
                step.backwardWithin(sum);
                gradients.add(scratch.keep(step.own(part.getGradient())));
                value += TorchTensor.number(sum);
            }
        }
        PtNDArray dh = step.own(JniUtils.cat(gradients.toArray(new PtNDArray[0]), 0));
        PtNDArray de = step.own(leaf.getGradient());
        return new Result(inject(hidden, dh, table, de).scaled(scale), value * scale);
    }

    private static PtNDArray leaf(TorchStep step, PtNDArray array) {
        PtNDArray leaf = step.own(JniUtils.detachGradient(array));
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /** A number whose gradients with respect to two tensors are given. */
    static TorchTensor inject(TorchTensor hidden, PtNDArray dh, TorchTensor table, PtNDArray de) {
        TorchStep step = hidden.step();
        PtNDArray ofHidden = step.own(JniUtils.sum(step.own(hidden.array().mul(dh))));
        PtNDArray ofTable = step.own(JniUtils.sum(step.own(table.array().mul(de))));
        return step.wrap(ofHidden.add(ofTable));
    }

    private PtNDArray rowLoss(TorchStep step, Scores scores, Targets targets, int from) {
        return switch (loss.kind()) {
            case BCE, GBCE -> RowLosses.gbce(step, scores, loss.beta(targets.count(), items));
            case SAMPLED_SOFTMAX -> RowLosses.softmax(step, scores);
            case SAMPLED_SOFTMAX_CORRECTED ->
                RowLosses.softmax(step, scores.corrected(step, targets, from, logProbabilities));
            case BPR -> RowLosses.bpr(step, scores);
            case FULL_SOFTMAX, IN_BATCH -> throw new IllegalStateException(loss.kind() + " draws no negatives");
        };
    }
}
