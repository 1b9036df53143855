package io.github.recsys4j.eval.metric;

/**
 * One over the rank of the first relevant item, 0 if there is none in the first {@code k} places; the mean over
 * all cases is the mean reciprocal rank. In {@code [0, 1]}.
 *
 * @param k how many recommendations count, at least 1
 */
public record MeanReciprocalRank(int k) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public MeanReciprocalRank {
        Cutoffs.check("MRR", k);
    }

    @Override
    public String label() {
        return "MRR@" + k;
    }

    @Override
    public String definition() {
        return "1 / rank of the first relevant item, 0 beyond rank " + k;
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        for (int rank = 1; rank <= k && rank <= judged.size(); rank++) {
            if (judged.isHit(rank)) {
                return 1.0 / rank;
            }
        }
        return 0;
    }
}
