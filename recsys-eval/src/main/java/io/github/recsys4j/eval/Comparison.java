package io.github.recsys4j.eval;

/**
 * Two recommenders in one metric on the same users: by how much they differ, and whether that may be luck.
 *
 * @param metric the metric's label, such as {@code NDCG@10}
 * @param model the name of one recommender
 * @param other the name of the recommender it is compared with
 * @param difference the model's mean less the other's over the cases where both are defined, with its interval
 * @param significance how likely such a difference is between equals
 * @param verdict what may be said
 */
public record Comparison(
        String metric, String model, String other, Interval difference, Significance significance, Verdict verdict) {

    /**
     * How likely a difference at least as great is between recommenders that do not differ.
     *
     * @param pValue of the paired test of these two alone, from 0 to 1
     * @param adjustedPValue the same after Holm's correction over all pairs compared in this metric; decides the
     *     verdict
     * @param users how many users the test is paired over
     */
    public record Significance(double pValue, double adjustedPValue, int users) {}

    /** {@return the same pair seen from the other model} */
    public Comparison reversed() {
        Interval mirrored = new Interval(-difference.mean(), -difference.high(), -difference.low(), difference.level());
        return new Comparison(metric, other, model, mirrored, significance, verdict.reversed());
    }
}
