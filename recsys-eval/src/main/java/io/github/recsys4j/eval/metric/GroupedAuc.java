package io.github.recsys4j.eval.metric;

/**
 * {@link Auc} of each case, averaged with the case's number of relevant candidates as its weight: GAUC.
 *
 * <p>{@code GAUC = sum(P(u) * AUC(u)) / sum(P(u))}. Where each case has one relevant item it equals {@link Auc}. The
 * paper weights by impressions or clicks; RecBole, like us, by relevant items. In {@code [0, 1]}.
 *
 * @see <a href="https://doi.org/10.1145/3219819.3219823">Zhou et al., Deep Interest Network for Click-Through Rate
 *     Prediction, KDD 2018</a>
 */
public record GroupedAuc() implements Metric {

    @Override
    public String label() {
        return "GAUC";
    }

    @Override
    public int k() {
        return WHOLE;
    }

    @Override
    public String definition() {
        return "AUC of each case, weighted by its number of relevant candidates";
    }

    @Override
    public double weight(Judged judged) {
        Standing standing = judged.standing();
        return standing.pairs() > 0 ? standing.ranks().length : 0;
    }

    @Override
    public double measure(Judged judged) {
        return Auc.of(judged.standing());
    }
}
