package io.github.recsys4j.eval.metric;

/**
 * The precision at the rank of each hit among the first {@code k}, summed and divided by
 * {@code min(|relevant|, k)}; the mean over all cases is the mean average precision.
 *
 * <p>A list that holds {@code min(|relevant|, k)} hits in its first places scores 1. trec_eval divides by
 * {@code |relevant|} instead, and RecTools by {@code |relevant|} or by {@code k}. In {@code [0, 1]}.
 *
 * @param k how many recommendations count, at least 1
 */
public record MeanAveragePrecision(int k) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public MeanAveragePrecision {
        Cutoffs.check("MAP", k);
    }

    @Override
    public String label() {
        return "MAP@" + k;
    }

    @Override
    public String definition() {
        return "sum of the precision at each hit in the first " + k + " / min(relevant items, " + k + ")";
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        double sum = 0;
        int hits = 0;
        for (int rank = 1; rank <= k && rank <= judged.size(); rank++) {
            if (judged.isHit(rank)) {
                hits++;
                sum += (double) hits / rank;
            }
        }
        return sum / Math.min(judged.numRelevant(), k);
    }
}
