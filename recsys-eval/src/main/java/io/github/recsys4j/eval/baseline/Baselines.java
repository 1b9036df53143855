package io.github.recsys4j.eval.baseline;

import java.util.List;

/** Ready-made lists of baselines. */
public final class Baselines {
    private Baselines() {}

    /** {@return random, popularity, first-order Markov, item k-NN and EASE with their default settings} */
    public static List<Baseline> all() {
        return List.of(
                new RandomItems(RandomItems.DEFAULT_SEED),
                new Popularity(),
                new Markov(),
                ItemKnn.allNeighbours(),
                new Ease(Ease.DEFAULT_LAMBDA));
    }
}
