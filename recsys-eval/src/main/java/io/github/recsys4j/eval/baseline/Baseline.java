package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;

/**
 * A simple recommender before training: its settings.
 *
 * <p>Implementations are immutable and safe for many threads.
 */
public interface Baseline {

    /** {@return the trained recommender's name} */
    String name();

    /**
     * Learns from interactions.
     *
     * @param train what to learn from; its users and items are those the recommender knows
     * @return the recommender; whoever asked for it closes it
     */
    Recommender train(Dataset train);
}
