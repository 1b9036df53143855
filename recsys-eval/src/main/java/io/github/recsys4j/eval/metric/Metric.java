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

    /**
     * The cut-off of a metric without one: it looks at {@link Judged#standing()}, the ranks of the relevant items
     * among all candidates, and not at the list, which stays as long as the other metrics need it.
     */
    int WHOLE = Integer.MAX_VALUE;

    /** {@return the name in reports, with the cut-off, such as {@code NDCG@10}} */
    String label();

    /** {@return how many recommendations the metric looks at, at least 1, or {@link #WHOLE}} */
    int k();

    /** {@return the formula in one line, printed with every number} */
    String definition();

    /** {@return which way is better, the greater figure by default} */
    default Direction direction() {
        return Direction.HIGHER_IS_BETTER;
    }

    /**
     * Says how much a case counts in the mean, 1 by default.
     *
     * @param judged the case
     * @return at least 0; 0 where the metric is undefined, as the mean popularity of an empty list is: such a case is
     *     not measured, and the report says how many there are
     */
    default double weight(Judged judged) {
        return 1;
    }

    /**
     * Measures one ranking.
     *
     * @param judged the best recommendations in order, each judged, and how many items are relevant
     * @return the figure, a number
     * @throws IllegalArgumentException if no item is relevant, where that leaves the metric undefined
     */
    double measure(Judged judged);
}
