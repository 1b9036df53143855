package io.github.recsys4j.split;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * Holds back a random share of each user's interactions, so that every user weighs the same in each part.
 *
 * <p>A user's draw comes from (seed, user id) alone. A user with too few interactions to hold one back for each
 * purpose and train on one stays in training whole. What it does not prevent: time is ignored, so training holds
 * what the same user did after a target; for models of sequences use {@link LeaveOneOut} or
 * {@link UserRatioSplit}.
 *
 * @param ratios which shares of each user's interactions are held back
 * @param seed decides which interactions
 */
public record StratifiedSplit(Ratios ratios, long seed) implements Splitter {

    /**
     * Holds back one tenth of each user's interactions for validation and one tenth for test.
     *
     * @param seed decides which interactions
     */
    public StratifiedSplit(long seed) {
        this(Ratios.STANDARD, seed);
    }

    @Override
    public Split split(Dataset dataset) {
        Assignment assignment = new Assignment(dataset);
        Interactions rows = dataset.interactions();
        Keys keys = new Keys(seed);
        for (int user = 0; user < rows.numUsers(); user++) {
            if (!assignment.isTooShort(user, ratios.minimum())) {
                assign(assignment, user, keys.stream(dataset.users().id(user)));
            }
        }
        assignment.note("time is ignored: training holds what the same user did after a target");
        return assignment.toSplit("stratified(" + ratios + ", seed=" + seed + ")");
    }

    private void assign(Assignment assignment, int user, SplittableRandom random) {
        int start = assignment.rows().start(user);
        int count = assignment.rows().count(user);
        int[] order =
                Keys.order(LongStream.generate(random::nextLong).limit(count).toArray());
        int test = ratios.testOf(count);
        int held = test + ratios.validationOf(count);
        for (int i = 0; i < held; i++) {
            assignment.set(start + order[i], i < test ? Layout.TEST : Layout.VALIDATION);
        }
    }
}
