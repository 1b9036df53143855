package io.github.recsys4j.eval.baseline;

import java.util.List;

/**
 * Ready-made lists of baselines.
 *
 * <p>{@link #quick()} is for large data: it reads the interactions once, keeps memory in proportion to them, and answers in
 * time that does not grow with the number of users. Of the others, k-NN over items goes through all pairs of items that
 * a user has, EASE and SLIM hold {@code items^2} numbers and refuse more than 40,000 items, k-NN over users goes through the
 * users of each item of a history whenever it is asked, and iALS and BPR train for several rounds.
 */
public final class Baselines {
    private Baselines() {}

    /** {@return random, popularity, recent popularity and both Markov chains with their default settings} */
    public static List<Baseline> quick() {
        return all().subList(0, 5);
    }

    /** {@return every baseline with its default settings, the quick ones first} */
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
