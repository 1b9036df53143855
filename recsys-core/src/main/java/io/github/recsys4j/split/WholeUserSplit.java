package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.stream.IntStream;

/**
 * Holds back whole users: nothing of them trains. Their earlier interactions are given as history, their later
 * ones are the targets; this measures how a model serves people it has never met.
 *
 * <p>Users are drawn from (seed, user id). A user with a single interaction has no history to give and stays in
 * training. A model with a vector per user id knows nothing of the users it is measured on and falls back to
 * popular items, so this split is for models of histories. What it does not prevent: training holds what other
 * users did after a target.
 *
 * @param ratios which shares of the users are held back
 * @param history which share of a held-back user's interactions is given, above 0 and below 1; one at least is
 *     given and one at least is a target
 * @param seed decides which users
 * @see <a href="https://doi.org/10.1145/3178876.3186150">Liang et al., Variational Autoencoders for Collaborative
 *     Filtering, WWW 2018 (strong generalization)</a>
 */
public record WholeUserSplit(Ratios ratios, double history, long seed) implements Splitter {
    /** The share of a held-back user's interactions that is given unless the caller says otherwise. */
    public static final double STANDARD_HISTORY = 0.8;

    private static final int MINIMUM = 2;

    /**
     * Checks the share.
     *
     * @param ratios shares of the users
     * @param history share of a held-back user's interactions that is given
     * @param seed decides which users
     * @throws IllegalArgumentException if {@code history} is not above 0 and below 1
     */
    public WholeUserSplit {
        checkHistory(history);
    }

    /**
     * Gives the first {@value #STANDARD_HISTORY} of a held-back user's interactions as history.
     *
     * @param ratios which shares of the users are held back
     * @param seed decides which users
     */
    public WholeUserSplit(Ratios ratios, long seed) {
        this(ratios, STANDARD_HISTORY, seed);
    }

    static void checkHistory(double history) {
        checkArgument(history > 0 && history < 1, "history must be a share above 0 and below 1, got %s", history);
    }

    @Override
    public Split split(Dataset dataset) {
        Assignment assignment = new Assignment(dataset);
        Interactions rows = dataset.interactions();
        int[] eligible = IntStream.range(0, rows.numUsers())
                .filter(user -> !assignment.isTooShort(user, MINIMUM))
                .toArray();
        if (eligible.length < ratios.minimum()) {
            throw new DatasetException(protocol() + " needs at least " + ratios.minimum()
                    + " users with 2 interactions or more, found " + eligible.length
                    + ": use LeaveOneOut or UserRatioSplit, which divide each user.");
        }
        int[] shuffled = new Keys(seed).shuffled(eligible, dataset.users());
        int test = ratios.testOf(eligible.length);
        int held = test + ratios.validationOf(eligible.length);
        for (int i = 0; i < held; i++) {
            hold(assignment, shuffled[i], i < test ? Layout.TEST : Layout.VALIDATION);
        }
        assignment.note("held-back users never train: a model with a vector per user id has none for them");
        assignment.note("held back by user, not by time: training holds what others did after a target");
        return assignment.toSplit(protocol());
    }

    private void hold(Assignment assignment, int user, byte role) {
        Interactions rows = assignment.rows();
        int given = Math.max(1, Math.min(rows.count(user) - 1, Ratios.floor(rows.count(user), history)));
        assignment.setRange(rows.start(user), rows.start(user) + given, Layout.CONTEXT);
        assignment.setRange(rows.start(user) + given, rows.end(user), role);
    }

    private String protocol() {
        return "whole-user(" + ratios + ", history=" + history + ", seed=" + seed + ")";
    }
}
