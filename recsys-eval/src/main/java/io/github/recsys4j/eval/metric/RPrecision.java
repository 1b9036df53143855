package io.github.recsys4j.eval.metric;

/**
 * The share of relevant items among as many recommendations as there are relevant items.
 *
 * <p>{@code hits@R / R} with {@code R = min(k, |relevant|)}: precision and recall meet there, so a perfect list
 * scores 1 however many items are relevant. In {@code [0, 1]}. trec_eval's {@code Rprec} has no cut-off; the two agree
 * where {@code k} is at least {@code |relevant|}.
 *
 * @param k the most recommendations that count, at least 1
 */
public record RPrecision(int k) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k the most recommendations that count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public RPrecision {
        Cutoffs.check("RPrecision", k);
    }

    @Override
    public String label() {
        return "RPrecision@" + k;
    }

    @Override
    public String definition() {
        return "hits in the first R / R, R = min(relevant items, " + k + ")";
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        int first = Math.min(k, judged.numRelevant());
        return (double) judged.hits(first) / first;
    }
}
