package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What training minimises: the mean over all positions of a loss of the score s+ of the next item and of the scores
 * of other items. Immutable.
 *
 * @param kind the formula
 * @param calibration gBCE's t in [0, 1]; 0 for the other kinds
 */
public record Loss(Kind kind, double calibration) {

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
        BPR
    }

    /**
     * Checks the calibration.
     *
     * @param kind the formula
     * @param calibration in [0, 1], 0 unless the kind is gBCE
     */
    public Loss {
        checkArgument(calibration >= 0 && calibration <= 1, "calibration t must be in [0, 1], given %s", calibration);
        checkArgument(kind == Kind.GBCE || calibration == 0, "calibration is for gBCE only, given for %s", kind);
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

    /** {@return whether the loss compares with negatives} */
    public boolean needsNegatives() {
        return kind != Kind.FULL_SOFTMAX;
    }

    /** The weight of the positive part of (g)BCE. */
    double beta(int negatives, int items) {
        double alpha = negatives / (items - 1.0);
        return calibration * (alpha - 1) + 1;
    }
}
