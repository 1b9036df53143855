package io.github.recsys4j.eval.metric;

/**
 * 1 if a relevant item stands in the first {@code k} places, else 0.
 *
 * <p>With one relevant item it equals {@link Recall}.
 *
 * @param k how many recommendations count, at least 1
 */
public record HitRate(int k) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public HitRate {
        Cutoffs.check("HitRate", k);
    }

    @Override
    public String label() {
        return "HitRate@" + k;
    }

    @Override
    public String definition() {
        return "1 if a relevant item is in the first " + k + ", else 0";
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        return judged.hits(k) > 0 ? 1 : 0;
    }
}
