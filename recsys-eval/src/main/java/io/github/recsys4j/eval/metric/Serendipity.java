package io.github.recsys4j.eval.metric;

/**
 * The share of the first {@code k} places that hold a relevant item which nobody would have expected:
 * {@code |first k and relevant and not expected| / k}.
 *
 * <p>Expected are the {@code expected} most popular items of training. The divisor is {@code k} even where the list is
 * shorter, as in {@link Precision}, which it cannot exceed. In {@code [0, 1]}.
 *
 * @see <a href="https://doi.org/10.1145/1864708.1864761">Ge, Delgado-Battenfeld and Jannach, Beyond Accuracy, RecSys
 *     2010</a>
 */
record Serendipity(int k, ItemPopularity popularity, int expected) implements Metric {

    Serendipity {
        Cutoffs.check("Serendipity", k);
    }

    @Override
    public String label() {
        return "Serendipity@" + k;
    }

    @Override
    public String definition() {
        return "hits in the first " + k + " outside the " + expected + " most popular items / " + k;
    }

    @Override
    public double measure(Judged judged) {
        Cutoffs.checkDefined(this, judged);
        int surprises = 0;
        for (int rank = 1; rank <= Math.min(k, judged.size()); rank++) {
            surprises += judged.isHit(rank) && popularity.rank(judged.item(rank)) >= expected ? 1 : 0;
        }
        return (double) surprises / k;
    }
}
