package io.github.recsys4j.eval.metric;

import java.util.Arrays;

/**
 * {@link Ndcg} with a gain for each relevant item instead of 1.
 *
 * <p>{@code DCG@k = sum over ranks r = 1..k of gain(r) / log2(r + 1)}, where an item that is not relevant gains
 * nothing, divided by the DCG of the case's relevant items in the order of their gains, the first {@code k} of them.
 * In {@code [0, 1]}; undefined for a case whose gains are all 0.
 *
 * <p>Linear gains are trec_eval's {@code ndcg_cut}; {@link Gains#exponential()} is the form of Burges et al. that
 * learning to rank uses. The two are different numbers.
 *
 * @param k how many recommendations count, at least 1
 * @param gains what each relevant item is worth
 * @see <a href="https://doi.org/10.1145/582415.582418">Järvelin and Kekäläinen, Cumulated Gain-Based
 *     Evaluation of IR Techniques, TOIS 2002</a>
 */
public record GradedNdcg(int k, Gains gains) implements Metric {

    /**
     * Checks the cut-off.
     *
     * @param k how many recommendations count
     * @param gains what each relevant item is worth
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public GradedNdcg {
        Cutoffs.check("GradedNDCG", k);
    }

    @Override
    public String label() {
        return "GradedNDCG@" + k;
    }

    @Override
    public String definition() {
        return "sum of gain / log2(rank + 1) over hits in the first " + k
                + " / the same sum for the relevant items in the order of their gains";
    }

    @Override
    public double weight(Judged judged) {
        return ideal(judged) > 0 ? 1 : 0;
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        double gain = 0;
        for (int rank = 1; rank <= Math.min(k, judged.size()); rank++) {
            gain += judged.isHit(rank) ? gain(judged, judged.item(rank)) * Ndcg.discount(rank) : 0;
        }
        return gain / ideal(judged);
    }

    private double ideal(Judged judged) {
        double[] sorted = Arrays.stream(judged.relevant())
                .mapToDouble(item -> gain(judged, item))
                .sorted()
                .toArray();
        double sum = 0;
        for (int rank = 1; rank <= Math.min(k, sorted.length); rank++) {
            sum += sorted[sorted.length - rank] * Ndcg.discount(rank);
        }
        return sum;
    }

    private double gain(Judged judged, int item) {
        return gains.gain(judged.user().orElse(0), item);
    }
}
