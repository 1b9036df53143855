package io.github.recsys4j.eval.metric;

/**
 * The share of the first {@code k} places that hold a relevant item: {@code hits / k}.
 *
 * <p>The divisor is {@code k} even where fewer items are relevant or the list is shorter, so with one relevant
 * item it is at most {@code 1 / k}. In {@code [0, 1]}.
 *
 * @param k how many recommendations count, at least 1
 */
public record Precision(int k) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public Precision {
        Cutoffs.check("Precision", k);
    }

    @Override
    public String label() {
        return "Precision@" + k;
    }

    @Override
    public String definition() {
        return "hits in the first " + k + " / " + k;
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        return (double) judged.hits(k) / k;
    }
}
