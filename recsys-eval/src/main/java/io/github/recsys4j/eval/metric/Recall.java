package io.github.recsys4j.eval.metric;

/**
 * The share of the relevant items that stand in the first {@code k} places: {@code hits / |relevant|}.
 *
 * <p>The divisor is not cut at {@code k}: with 20 relevant items Recall@10 is at most one half. In {@code [0, 1]};
 * with one relevant item it equals {@link HitRate}.
 *
 * @param k how many recommendations count, at least 1
 */
public record Recall(int k) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public Recall {
        Cutoffs.check("Recall", k);
    }

    @Override
    public String label() {
        return "Recall@" + k;
    }

    @Override
    public String definition() {
        return "hits in the first " + k + " / relevant items";
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        return (double) judged.hits(k) / judged.numRelevant();
    }
}
