package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/**
 * What training minimises: the mean over all positions of a loss of the score s+ of the next item and of the scores
 * of other items. Immutable.
 *
 * @param kind the formula
 * @param calibration gBCE's t in [0, 1]; 0 for the other kinds
 * @param inBatch the settings of in-batch negatives; empty for the other kinds
 */
public record Loss(Kind kind, double calibration, Optional<InBatch> inBatch) {

    /** The formulas; k is the number of negatives, s-_j their scores. */
    public enum Kind {
        /** {@code -log(e^s+ / sum_i e^s_i)} over all items. */
        FULL_SOFTMAX,
        /** {@code (softplus(-s+) + sum_j softplus(s-_j)) / (k + 1)}. */
        BCE,
        /** {@code (beta softplus(-s+) + sum_j softplus(s-_j)) / (k + 1)}. */
        GBCE,
        /** {@code -log(e^s+ / (e^s+ + sum_j e^s-_j))}. */
        SAMPLED_SOFTMAX,
        /** {@code -log(e^s+ / (e^s+ + sum_j e^(s-_j - log(k q_j))))}, over the j that are not the next item. */
        SAMPLED_SOFTMAX_CORRECTED,
        /** {@code -mean_j log(1e-10 + sigmoid(s+ - s-_j))}. */
        BPR,
        /** InfoNCE against the labels of the positions that are computed together, as {@link InBatch} says. */
        IN_BATCH
    }

    /**
     * Checks the calibration.
     *
     * @param kind the formula
     * @param calibration in [0, 1], 0 unless the kind is gBCE
     * @param inBatch empty unless the kind is in-batch
     */
    public Loss {
        checkArgument(calibration >= 0 && calibration <= 1, "calibration t must be in [0, 1], given %s", calibration);
        checkArgument(kind == Kind.GBCE || calibration == 0, "calibration is for gBCE only, given for %s", kind);
        checkArgument(
                (kind == Kind.IN_BATCH) == inBatch.isPresent(),
                "inBatch is for IN_BATCH and needed there, given %s for %s",
                inBatch,
                kind);
    }

    /**
     * A loss with other negatives than those of the batch.
     *
     * @param kind the formula
     * @param calibration in [0, 1], 0 unless the kind is gBCE
     */
    public Loss(Kind kind, double calibration) {
        this(kind, calibration, Optional.empty());
    }

    /** {@return cross-entropy over the whole catalogue, without negatives} */
    public static Loss fullSoftmax() {
        return new Loss(Kind.FULL_SOFTMAX, 0);
    }

    /** {@return binary cross-entropy of the next item against negatives, as in SASRec} */
    public static Loss bce() {
        return new Loss(Kind.BCE, 0);
    }

    /**
     * Binary cross-entropy whose positive part has the weight
     * {@code beta = alpha (t (1 - 1/alpha) + 1/alpha)}, where alpha = k / (items - 1) is the share of the catalogue
     * that is sampled: t = 0 is plain binary cross-entropy, t = 1 takes the overconfidence of sampling out wholly.
     * Petrov and Macdonald 2023, "gSASRec".
     *
     * @param calibration t in [0, 1]; 0.75 is a good value
     * @return the loss
     */
    public static Loss gbce(double calibration) {
        return new Loss(Kind.GBCE, calibration);
    }

    /** {@return softmax over the next item and its negatives, without corrections, as in eSASRec} */
    public static Loss sampledSoftmax() {
        return new Loss(Kind.SAMPLED_SOFTMAX, 0);
    }

    /**
     * {@return softmax over the next item and its negatives, each negative's score corrected by how often it is
     * drawn: converges to the full softmax as negatives grow}
     */
    public static Loss sampledSoftmaxCorrected() {
        return new Loss(Kind.SAMPLED_SOFTMAX_CORRECTED, 0);
    }

    /** {@return Bayesian personalised ranking (Rendle et al. 2009), with the 1e-10 that RecBole has in the logarithm} */
    public static Loss bpr() {
        return new Loss(Kind.BPR, 0);
    }

    /**
     * {@return InfoNCE: the next item against the next items of the other positions that are computed at once}
     *
     * @param settings temperature, directions and corrections
     */
    public static Loss inBatch(InBatch settings) {
        return new Loss(Kind.IN_BATCH, 0, Optional.of(settings));
    }

    /** {@return whether the loss compares with negatives that are drawn for it} */
    public boolean needsNegatives() {
        return kind != Kind.FULL_SOFTMAX && kind != Kind.IN_BATCH;
    }

    @Override
    public String toString() {
        return inBatch.map(settings -> "Loss[kind=" + kind + ", " + settings + "]")
                .orElse("Loss[kind=" + kind + ", calibration=" + calibration + "]");
    }

    /** The weight of the positive part of (g)BCE. */
    double beta(int negatives, int items) {
        double alpha = negatives / (items - 1.0);
        return calibration * (alpha - 1) + 1;
    }
}
