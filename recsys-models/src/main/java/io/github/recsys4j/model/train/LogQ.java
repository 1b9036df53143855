package io.github.recsys4j.model.train;

/**
 * What in-batch negatives do about popularity: an item is met as a negative as often as it is a label, so that without
 * a correction popular items are pushed down for being popular. Training only; nothing is corrected when serving.
 */
public enum LogQ {
    /** Nothing. */
    NONE,
    /**
     * {@code s_j - log Q(item_j)} for the positive and the negatives alike (Bengio and Senecal 2003; Yi et al. 2019),
     * Q being an item's share of the training data. Does not approach the full softmax: the positive, which is always
     * there, is weighted as if it had been drawn.
     */
    STANDARD,
    /**
     * The positive stands outside the sampled sum and is not corrected, and what it lacks has gone into a weight
     * (Khrylchenko et al. 2025): {@code -sg(1 - P) (s_p - log sum_j e^(s_j - log(n Q_j)))}, n being the number of
     * other candidates and P the positive's share. Its gradient approaches the full softmax's as candidates grow; its
     * value is not a likelihood.
     */
    POSITIVE_AWARE
}
