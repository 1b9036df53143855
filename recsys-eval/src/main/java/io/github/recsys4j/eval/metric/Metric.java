package io.github.recsys4j.eval.metric;

/**
 * A figure for how good one ranking is, averaged over all cases by the evaluator.
 *
 * <p>A metric of one's own is a few lines:
 *
 * <pre>{@code
 * record FirstHit(int k) implements Metric {
 *     public String label() { return "FirstHit@" + k; }
 *     public String definition() { return "1 if the best recommendation is relevant"; }
 *     public double measure(Judged judged) { return judged.hits(1); }
 * }
 * }</pre>
 *
 * <p>Implementations are immutable and safe for many threads.
 */
public interface Metric {

    /** {@return the name in reports, with the cut-off, such as {@code NDCG@10}} */
    String label();

    /** {@return how many recommendations the metric looks at, at least 1} */
    int k();

    /** {@return the formula in one line, printed with every number} */
    String definition();

    /**
     * Measures one ranking.
     *
     * @param judged the best recommendations in order, each judged, and how many items are relevant
     * @return the figure, a number
     * @throws IllegalArgumentException if no item is relevant, where that leaves the metric undefined
     */
    double measure(Judged judged);
}
