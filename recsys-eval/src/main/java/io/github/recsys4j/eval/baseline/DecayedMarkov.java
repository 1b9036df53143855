package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;

/**
 * Markov chain on the last few items, the older the less: {@code score(j) = sum over d = 0 .. lastItems - 1 of
 * decay^d * p(j | the item d places before the last)}, with {@code p} and the back-off of {@link Markov}, which is
 * the case of one item.
 *
 * <p>It tells what a longer memory is worth without any learning; people browse, go back and skip.
 *
 * @param decay what an item weighs beside the one after it, from above 0 to 1
 * @param lastItems how many items of the history count, at least 1
 */
public record DecayedMarkov(double decay, int lastItems) implements Baseline {
    /** The setting of {@link Baselines#all()}. */
    public static final double DEFAULT_DECAY = 0.5;

    /** The setting of {@link Baselines#all()}. */
    public static final int DEFAULT_LAST_ITEMS = 3;

    /**
     * Checks the settings.
     *
     * @param decay what an item weighs beside the one after it
     * @param lastItems how many items of the history count
     * @throws IllegalArgumentException if {@code decay} is not above 0 and at most 1, or {@code lastItems} below 1
     */
    public DecayedMarkov {
        checkArgument(decay > 0 && decay <= 1, "decay must be above 0 and at most 1, got %s", decay);
        checkArgument(lastItems >= 1, "lastItems must be at least 1, got %s", lastItems);
    }

    /** {@return the chain with its default settings} */
    public static DecayedMarkov defaults() {
        return new DecayedMarkov(DEFAULT_DECAY, DEFAULT_LAST_ITEMS);
    }

    @Override
    public String name() {
        return "decayed-markov";
    }

    @Override
    public Recommender train(Dataset train) {
        return Markov.train(name(), train, decay, lastItems);
    }
}
