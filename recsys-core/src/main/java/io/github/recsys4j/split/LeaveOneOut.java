package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The protocol of the SASRec papers: a user's last interaction is the test target, the one before it the
 * validation target, the rest trains.
 *
 * <p>Where only some users are validated (gSASRec validates 512 of 6,040), everybody else trains on all but the
 * test interaction. A user with fewer than {@value #MINIMUM} interactions stays in training whole, validated or
 * not, so that the test users are the same for every choice of validation users.
 *
 * <p>What it does not prevent: training holds what other users did after a target, so trends of the future
 * leak; {@link GlobalTimeSplit} prevents that. A target that the user had before, as in music, is in the history
 * and counts as seen.
 *
 * @see <a href="https://doi.org/10.1109/ICDM.2018.00035">Kang and McAuley, Self-Attentive Sequential
 *     Recommendation, ICDM 2018</a>
 * @see <a href="https://doi.org/10.1145/3604915.3608783">Petrov and Macdonald, gSASRec, RecSys 2023</a>
 */
public final class LeaveOneOut {
    /** A user's interactions it takes for one to train, one to validate and one to test. */
    public static final int MINIMUM = 3;

    private LeaveOneOut() {}

    /**
     * Validates every user.
     *
     * @param dataset what to cut
     * @return the split
     */
    public static Split split(Dataset dataset) {
        return validatingAll().split(dataset);
    }

    /** {@return the splitter behind {@link #split(Dataset)}} */
    public static Splitter validatingAll() {
        return dataset -> {
            BitSet everybody = new BitSet();
            everybody.set(0, dataset.users().size());
            return split(dataset, everybody, "all");
        };
    }

    /**
     * Validates a random sample of the users who have at least {@value #MINIMUM} interactions.
     *
     * @param count how many users, at least 1
     * @param seed decides which ones
     * @return the splitter; it throws an {@link IllegalArgumentException} where there are fewer such users
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public static Splitter withValidationSample(int count, long seed) {
        checkArgument(
                count >= 1, "count of validation users must be at least 1, got %s: validate a user or more", count);
        return dataset -> split(dataset, sample(dataset, count, seed), "sample of " + count + " users, seed=" + seed);
    }

    /**
     * Validates these users and no others, as a published protocol may ask.
     *
     * @param userIds the application's ids, repeated or not
     * @return the splitter; it throws an {@link IllegalArgumentException} where a user is not in the data or has
     *     fewer than {@value #MINIMUM} interactions
     */
    public static Splitter withValidationUsers(Collection<String> userIds) {
        List<String> ids = List.copyOf(userIds);
        return dataset -> {
            BitSet chosen = new BitSet();
            ids.forEach(id -> chosen.set(longEnough(dataset, id)));
            return split(dataset, chosen, chosen.cardinality() + " given users");
        };
    }

    private static int longEnough(Dataset dataset, String id) {
        int user = dataset.users().indexOf(id);
        checkArgument(
                user != Vocabulary.UNKNOWN,
                "validation user \"%s\" is not in the data: give users of the data set",
                id);
        int count = dataset.interactions().count(user);
        checkArgument(
                count >= MINIMUM,
                "validation user \"%s\" must have at least %s interactions, got %s: leave this user out",
                id,
                MINIMUM,
                count);
        return user;
    }

    private static BitSet sample(Dataset dataset, int count, long seed) {
        Interactions rows = dataset.interactions();
        int[] eligible = IntStream.range(0, rows.numUsers())
                .filter(user -> rows.count(user) >= MINIMUM)
                .toArray();
        checkArgument(
                count <= eligible.length,
                "count of validation users must be at most the %s users with %s interactions or more, got %s: sample"
                        + " fewer, or validate all",
                eligible.length,
                MINIMUM,
                count);
        BitSet chosen = new BitSet();
        Arrays.stream(new Keys(seed).shuffled(eligible, dataset.users()))
                .limit(count)
                .forEach(chosen::set);
        return chosen;
    }

    private static Split split(Dataset dataset, BitSet validated, String who) {
        Assignment assignment = new Assignment(dataset);
        Interactions rows = dataset.interactions();
        for (int user = 0; user < rows.numUsers(); user++) {
            if (!assignment.isTooShort(user, MINIMUM)) {
                assignment.set(rows.end(user) - 1, Layout.TEST);
                assignment.set(rows.end(user) - 2, validated.get(user) ? Layout.VALIDATION : Layout.TRAIN);
            }
        }
        assignment.note("held back per user, not by one instant: training holds what others did after a target");
        return assignment.toSplit("leave-one-out(validation=" + who + ")");
    }
}
