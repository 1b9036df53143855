package io.github.recsys4j.rerank;

/**
 * Something else than the model's score that an application wants of an item, higher being better: freshness, margin,
 * {@linkplain #novelty() novelty}. {@link Blend} mixes it in. Implementations are safe for many threads.
 */
@FunctionalInterface
public interface Objective {

    /**
     * Values a candidate; only differences between candidates of one request matter.
     *
     * @param candidates the candidates
     * @param place which one
     * @return a finite number
     */
    double value(Candidates candidates, int place);

    /**
     * Self-information: {@code -log2 p(item)} with {@code p = (count + 1) / (total + items)}, in bits, above 0.
     *
     * @return the objective that prefers what few have chosen
     * @see <a href="https://doi.org/10.1073/pnas.1000488107">Zhou et al., Solving the apparent diversity-accuracy
     *     dilemma of recommender systems, PNAS 2010</a>
     */
    static Objective novelty() {
        return (candidates, place) -> {
            ItemKnowledge known = candidates.knowledge();
            double smoothed = known.total() + known.items().size();
            return Math.log(smoothed / (known.count(candidates.item(place)) + 1.0)) / Math.log(2);
        };
    }

    /** {@return the objective that prefers what many have chosen: the negative of {@link #novelty()}} */
    static Objective popularity() {
        Objective novelty = novelty();
        return (candidates, place) -> -novelty.value(candidates, place);
    }
}
