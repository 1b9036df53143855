package io.github.recsys4j.eval.metric;

import java.util.Arrays;

/**
 * The mean rank of a case's relevant items among all candidates, averaged over cases; lower is better.
 *
 * <p>Ranks count from 1, over the whole catalogue, without a cut-off. A relevant item that is no candidate has no
 * rank; a case without a relevant candidate is undefined. In {@code [1, candidates]}. Dominated by the worst ranks;
 * {@link MedianRank} is not.
 */
public record AverageRank() implements RankMetric {

    @Override
    public String label() {
        return "AverageRank";
    }

    @Override
    public String definition() {
        return "mean rank of the relevant candidates among all candidates, per case";
    }

    @Override
    public double measure(Judged judged) {
        return Arrays.stream(judged.standing().ranks()).average().orElseThrow();
    }
}
