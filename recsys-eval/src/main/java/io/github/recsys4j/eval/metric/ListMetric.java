package io.github.recsys4j.eval.metric;

/**
 * A figure of all of a recommender's lists together, such as how much of the catalogue they cover.
 *
 * <p>A metric of one's own is a few lines:
 *
 * <pre>{@code
 * record MeanLength(int k) implements ListMetric {
 *     public String label() { return "MeanLength@" + k; }
 *     public String definition() { return "recommendations per case"; }
 *     public double measure(RankedLists lists) { return (double) lists.total(k) / lists.size(); }
 * }
 * }</pre>
 *
 * <p>Such a figure has no value per case, so it gets no interval and is not tested. Implementations are immutable.
 */
public interface ListMetric {

    /** {@return the name in reports, with the cut-off, such as {@code Coverage@10}} */
    String label();

    /** {@return how many recommendations of each list the metric looks at, at least 1} */
    int k();

    /** {@return the formula in one line, printed with every number} */
    String definition();

    /** {@return which way is better} */
    default Direction direction() {
        return Direction.NEUTRAL;
    }

    /**
     * Measures all lists together.
     *
     * @param lists one list per case, best first
     * @return the figure, or NaN where it is undefined, as where nothing was recommended at all
     */
    double measure(RankedLists lists);
}
