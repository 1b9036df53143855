package io.github.recsys4j.eval.metric;

/**
 * The median rank of a case's relevant items among all candidates, averaged over cases; lower is better.
 *
 * <p>Of an even number of ranks it is the mean of the two in the middle. Otherwise as {@link AverageRank}: with one
 * relevant item per case both are the same, and the mean over cases is no median over cases.
 */
public record MedianRank() implements RankMetric {

    @Override
    public String label() {
        return "MedianRank";
    }

    @Override
    public String definition() {
        return "median rank of the relevant candidates among all candidates, per case";
    }

    @Override
    public double measure(Judged judged) {
        double[] ranks = judged.standing().ranks();
        return (ranks[(ranks.length - 1) / 2] + ranks[ranks.length / 2]) / 2;
    }
}
