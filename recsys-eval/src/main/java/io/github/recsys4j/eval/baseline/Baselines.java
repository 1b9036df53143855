package io.github.recsys4j.eval.baseline;

import java.util.List;

/** Ready-made lists of baselines. */
public final class Baselines {
    private Baselines() {}

    /** {@return every baseline with its default settings} */
    public static List<Baseline> all() {
        return List.of(
                new RandomItems(RandomItems.DEFAULT_SEED),
                new Popularity(),
                RecentPopularity.defaults(),
                new Markov(),
                DecayedMarkov.defaults(),
                ItemKnn.allNeighbours(),
                UserKnn.defaults(),
                new Ease(Ease.DEFAULT_LAMBDA),
                Slim.defaults(),
                Ials.defaults(),
                BprMf.defaults());
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
