package io.github.recsys4j.split;

import io.github.recsys4j.data.Dataset;

/**
 * Holds back a random share of all interactions, whoever they belong to.
 *
 * <p>The shares hold over all users together, so active users weigh more. A user's first interaction always
 * trains. What it does not prevent: time is ignored, so training holds what the same user did after a target.
 * {@link StratifiedSplit} draws the share from each user.
 *
 * @param ratios which shares of the interactions are held back
 * @param seed decides which interactions
 */
public record RandomSplit(Ratios ratios, long seed) implements Splitter {

    @Override
    public Split split(Dataset dataset) {
        Assignment assignment = new Assignment(dataset);
        new Strata(dataset, row -> 0, seed).assign(assignment, ratios);
        assignment.note("time is ignored: training holds what the same user did after a target");
        return assignment.toSplit("random(" + ratios + ", seed=" + seed + ")");
    }
}
