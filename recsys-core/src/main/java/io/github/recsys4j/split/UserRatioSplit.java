package io.github.recsys4j.split;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;

/**
 * Cuts each user's sequence by time: the last share is test, the share before it validation, the rest trains.
 *
 * <p>A user with too few interactions to hold one back for each purpose and train on one stays in training whole.
 * What it does not prevent: each user has an instant of their own, so training holds what other users did after a
 * target.
 *
 * @param ratios which shares of each user's interactions are held back
 */
public record UserRatioSplit(Ratios ratios) implements Splitter {

    /** Holds back one tenth of each user's interactions for validation and one tenth for test. */
    public UserRatioSplit() {
        this(Ratios.STANDARD);
    }

    @Override
    public Split split(Dataset dataset) {
        Assignment assignment = new Assignment(dataset);
        Interactions rows = dataset.interactions();
        for (int user = 0; user < rows.numUsers(); user++) {
            if (!assignment.isTooShort(user, ratios.minimum())) {
                int test = rows.end(user) - ratios.testOf(rows.count(user));
                assignment.setRange(test - ratios.validationOf(rows.count(user)), test, Layout.VALIDATION);
                assignment.setRange(test, rows.end(user), Layout.TEST);
            }
        }
        assignment.note("held back per user, not by one instant: training holds what others did after a target");
        return assignment.toSplit("user-ratio(" + ratios + ")");
    }
}
