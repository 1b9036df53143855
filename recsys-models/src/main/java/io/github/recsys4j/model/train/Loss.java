package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/**
 * What training minimises: the mean over all positions of a loss of the score s+ of the next item and of the scores
 * of other items. Immutable.
 *
 * @param kind the formula
 * @param calibration gBCE's t in [0, 1]; 0 for the other kinds
 * @param positiveWeight w of (g)BCE, greater than 0; 1 for the other kinds
 * @param labelSmoothing epsilon of the full softmax in [0, 1); 0 for the other kinds
 * @param embeddingPenalty what half the squared lengths of the vectors in use are multiplied by and added, at least 0
 * @param inBatch the settings of in-batch negatives; empty for the other kinds
 */
public record Loss(
        Kind kind,
        double calibration,
        double positiveWeight,
        double labelSmoothing,
        double embeddingPenalty,
        Optional<InBatch> inBatch) {

    /** The formulas; k is the number of negatives, s-_j their scores. */
    public enum Kind {
        /** {@code log sum_i e^s_i - (1 - epsilon) s+ - epsilon mean_i s_i} over all items. */
        FULL_SOFTMAX,
        /** {@code (w softplus(-s+) + sum_j softplus(s-_j)) / (k + 1)}. */
        BCE,
        /** {@code (w beta softplus(-s+) + sum_j softplus(s-_j)) / (k + 1)}. */
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
     * Checks the settings.
     *
     * @param kind the formula
     * @param calibration in [0, 1], 0 unless the kind is gBCE
     * @param positiveWeight greater than 0, 1 unless the kind is (g)BCE
     * @param labelSmoothing in [0, 1), 0 unless the kind is the full softmax
     * @param embeddingPenalty at least 0
     * @param inBatch empty unless the kind is in-batch
     */
    public Loss {
        checkArgument(calibration >= 0 && calibration <= 1, "calibration t must be in [0, 1], given %s", calibration);
        checkArgument(kind == Kind.GBCE || calibration == 0, "calibration is for gBCE only, given for %s", kind);
        checkArgument(
                positiveWeight > 0 && Double.isFinite(positiveWeight),
                "positiveWeight must be greater than 0 and finite, given %s",
                positiveWeight);
        checkArgument(
                kind == Kind.BCE || kind == Kind.GBCE || positiveWeight == 1,
                "positiveWeight is for BCE and gBCE only, given for %s",
                kind);
        checkArgument(
                labelSmoothing >= 0 && labelSmoothing < 1,
                "labelSmoothing must be in [0, 1), given %s",
                labelSmoothing);
        checkArgument(
                kind == Kind.FULL_SOFTMAX || labelSmoothing == 0,
                "labelSmoothing is for FULL_SOFTMAX only, given for %s",
                kind);
        checkArgument(
                embeddingPenalty >= 0 && Double.isFinite(embeddingPenalty),
                "embeddingPenalty must be at least 0 and finite, given %s",
                embeddingPenalty);
        checkArgument(
                (kind == Kind.IN_BATCH) == inBatch.isPresent(),
                "inBatch is for IN_BATCH and needed there, given %s for %s",
                inBatch,
                kind);
    }

    private static Loss of(Kind kind, double calibration, Optional<InBatch> inBatch) {
        return new Loss(kind, calibration, 1, 0, 0, inBatch);
    }

    private static Loss of(Kind kind) {
        return of(kind, 0, Optional.empty());
    }

    /** {@return cross-entropy over the whole catalogue, without negatives} */
    public static Loss fullSoftmax() {
        return of(Kind.FULL_SOFTMAX);
    }

    /** {@return binary cross-entropy of the next item against negatives, as in SASRec} */
    public static Loss bce() {
        return of(Kind.BCE);
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
        return of(Kind.GBCE, calibration, Optional.empty());
    }

    /** {@return softmax over the next item and its negatives, without corrections, as in eSASRec} */
    public static Loss sampledSoftmax() {
        return of(Kind.SAMPLED_SOFTMAX);
    }

    /**
     * {@return softmax over the next item and its negatives, each negative's score corrected by how often it is
     * drawn: converges to the full softmax as negatives grow}
     */
    public static Loss sampledSoftmaxCorrected() {
        return of(Kind.SAMPLED_SOFTMAX_CORRECTED);
    }

    /** {@return Bayesian personalised ranking (Rendle et al. 2009), with the 1e-10 that RecBole has in the logarithm} */
    public static Loss bpr() {
        return of(Kind.BPR);
    }

    /**
     * {@return InfoNCE: the next item against the next items of the other positions that are computed at once}
     *
     * @param settings temperature, directions and corrections
     */
    public static Loss inBatch(InBatch settings) {
        return of(Kind.IN_BATCH, 0, Optional.of(settings));
    }

    /**
     * {@return the same with another calibration}
     *
     * @param value gBCE's t in [0, 1]
     */
    public Loss withCalibration(double value) {
        return new Loss(kind, value, positiveWeight, labelSmoothing, embeddingPenalty, inBatch);
    }

    /**
     * {@return the same with the positive part of (g)BCE weighted, as against many negatives}
     *
     * @param value greater than 0; 1 for none
     */
    public Loss withPositiveWeight(double value) {
        return new Loss(kind, calibration, value, labelSmoothing, embeddingPenalty, inBatch);
    }

    /**
     * {@return the full softmax whose label is 1 - epsilon for the next item and epsilon spread over all items}
     * (Szegedy et al. 2016)
     *
     * @param value epsilon in [0, 1); 0 for none
     */
    public Loss withLabelSmoothing(double value) {
        return new Loss(kind, calibration, positiveWeight, value, embeddingPenalty, inBatch);
    }

    /**
     * {@return the same plus the weight times half the mean squared length of the vectors that are compared: of each
     * position the user's, the next item's and, their mean, its negatives'}
     *
     * @param value the weight, at least 0; 0 for none
     */
    public Loss withEmbeddingPenalty(double value) {
        return new Loss(kind, calibration, positiveWeight, labelSmoothing, value, inBatch);
    }

    /**
     * {@return the same with other settings of in-batch negatives}
     *
     * @param value the settings
     */
    public Loss withInBatch(InBatch value) {
        return new Loss(kind, calibration, positiveWeight, labelSmoothing, embeddingPenalty, Optional.of(value));
    }

    /** {@return whether the loss compares with negatives that are drawn for it} */
    public boolean needsNegatives() {
        return kind != Kind.FULL_SOFTMAX && kind != Kind.IN_BATCH;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Loss[kind=" + kind);
        text.append(inBatch.map(settings -> ", " + settings).orElse(", calibration=" + calibration));
        text.append(positiveWeight == 1 ? "" : ", positiveWeight=" + positiveWeight);
        text.append(labelSmoothing == 0 ? "" : ", labelSmoothing=" + labelSmoothing);
        text.append(embeddingPenalty == 0 ? "" : ", embeddingPenalty=" + embeddingPenalty);
        return text.append(']').toString();
    }

    /** The weight of the positive part of (g)BCE. */
    double beta(int negatives, int items) {
        double alpha = negatives / (items - 1.0);
        return positiveWeight * (calibration * (alpha - 1) + 1);
    }
}
