package io.github.recsys4j.eval;

import io.github.recsys4j.Recommendation;
import java.util.Comparator;

/**
 * The order of trec_eval: highest score first, equal scores to the <em>higher</em> id as text.
 *
 * <p>Ours gives equal scores to the lower item index. To get trec_eval's numbers, sort scored lists by this order and
 * hand them to {@link Evaluator#evaluate(String, java.util.List, io.github.recsys4j.split.HeldOut)}. Like trec_eval it
 * compares scores as 32-bit floats and ignores ranks.
 */
public final class TrecOrder implements Comparator<Recommendation> {

    /** Makes the order; it has no settings. */
    public TrecOrder() {}

    @Override
    public int compare(Recommendation first, Recommendation second) {
        int byScore = Float.compare(second.score(), first.score());
        return byScore != 0 ? byScore : second.itemId().compareTo(first.itemId());
    }
}
