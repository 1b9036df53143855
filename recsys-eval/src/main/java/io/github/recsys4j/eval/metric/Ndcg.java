package io.github.recsys4j.eval.metric;

/**
 * Normalised discounted cumulative gain of the first {@code k} recommendations, binary relevance.
 *
 * <p>{@code DCG@k = sum over ranks r = 1..k of rel(r) / log2(r + 1)}, and {@code NDCG@k = DCG@k / IDCG@k}, where
 * {@code IDCG@k} is the DCG of {@code min(k, |relevant|)} hits in the first places. In {@code [0, 1]}; a case with
 * one relevant item at rank {@code r <= k} scores {@code 1 / log2(r + 1)}.
 *
 * <p>This is the form with each case's own ideal. Libraries differ: RecTools by default divides by the ideal of
 * {@code k} hits for every user, which caps a leave-one-out NDCG@10 at 0.2201.
 *
 * @param k how many recommendations count, at least 1
 * @see <a href="https://doi.org/10.1145/582415.582418">Järvelin and Kekäläinen, Cumulated Gain-Based
 *     Evaluation of IR Techniques, TOIS 2002</a>
 */
public record Ndcg(int k) implements Metric {
    private static final double LN_2 = Math.log(2);

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public Ndcg {
        Cutoffs.check("NDCG", k);
    }

    @Override
    public String label() {
        return "NDCG@" + k;
    }

    @Override
    public String definition() {
        return "sum of 1 / log2(rank + 1) over hits in the first " + k + " / the same sum for min(relevant items, " + k
                + ") hits in the first places";
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        double gain = 0;
        for (int rank = 1; rank <= k && rank <= judged.size(); rank++) {
            gain += judged.isHit(rank) ? discount(rank) : 0;
        }
        return gain / ideal(Math.min(k, judged.numRelevant()));
    }

    private static double ideal(int hits) {
        double sum = 0;
        for (int rank = 1; rank <= hits; rank++) {
            sum += discount(rank);
        }
        return sum;
    }

    static double discount(int rank) {
        return LN_2 / Math.log(rank + 1.0);
    }
}
