package io.github.recsys4j.eval.metric;

import java.util.Arrays;

/**
 * The share of pairs of a relevant and another candidate in which the relevant one stands higher, per case.
 *
 * <p>With {@code P} relevant among {@code C} candidates at ranks {@code r}:
 * {@code AUC = (P * (C - P) + P * (P + 1) / 2 - sum(r)) / (P * (C - P))}. Over the whole catalogue, without a
 * cut-off; 0.5 is chance. The mean over cases counts each case alike; {@link GroupedAuc} does not. Ties are broken as
 * in the list, so equal scores are no half wins. Undefined for a case without a relevant candidate or without another
 * one. In {@code [0, 1]}.
 *
 * <p>It looks at the whole order alike, the first place no more than the last: with a large catalogue 0.99 can go
 * with a first page without a hit.
 *
 * @see <a href="https://doi.org/10.1016/j.patrec.2005.10.010">Fawcett, An introduction to ROC analysis, Pattern
 *     Recognition Letters 2006</a>
 */
public record Auc() implements Metric {

    @Override
    public String label() {
        return "AUC";
    }

    @Override
    public int k() {
        return WHOLE;
    }

    @Override
    public String definition() {
        return "share of pairs (relevant, other candidate) with the relevant one higher, per case";
    }

    @Override
    public double weight(Judged judged) {
        return judged.standing().pairs() > 0 ? 1 : 0;
    }

    @Override
    public double measure(Judged judged) {
        return of(judged.standing());
    }

    static double of(Standing standing) {
        double[] ranks = standing.ranks();
        double pairs = standing.pairs();
        double best = ranks.length * (ranks.length + 1.0) / 2;
        return 1 - (Arrays.stream(ranks).sum() - best) / pairs;
    }
}
