package io.github.recsys4j.eval.metric;

/**
 * The harmonic mean of a case's {@link Precision} and {@link Recall}: {@code 2PR / (P + R)}, 0 where both are 0.
 *
 * <p>Computed per case and then averaged; the harmonic mean of the averages is another number. In {@code [0, 1]}.
 *
 * @param k how many recommendations count, at least 1
 */
public record F1(int k) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public F1 {
        Cutoffs.check("F1", k);
    }

    @Override
    public String label() {
        return "F1@" + k;
    }

    @Override
    public String definition() {
        return "2PR / (P + R) of each case's Precision@" + k + " and Recall@" + k + ", 0 if both are 0";
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        return 2.0 * judged.hits(k) / (k + judged.numRelevant());
    }
}
