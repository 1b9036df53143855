package io.github.recsys4j.split;

import io.github.recsys4j.data.Dataset;

/**
 * A data set cut in three: what a recommender may learn from, what chooses its settings, what measures it.
 *
 * @param train the interactions to learn from; users and items are those of the whole data set
 * @param validation cases to choose settings with; may be empty
 * @param test cases to measure with; may be empty
 * @param report what was held back, who was too short, and what the split does not prevent
 */
public record Split(Dataset train, HeldOut validation, HeldOut test, SplitReport report) {}
