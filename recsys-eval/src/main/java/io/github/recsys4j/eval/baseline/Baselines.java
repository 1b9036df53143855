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

    /**
     * Finds a baseline by its name, with default settings.
     *
     * @param name such as {@code popularity}
     * @return the baseline
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Baseline named(String name) {
        return all().stream()
                .filter(baseline -> baseline.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("baseline must be one of "
                        + all().stream().map(Baseline::name).toList() + ", got \"" + name + "\""));
    }
}
