package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Dataset;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Cuts everybody at one instant, as {@link GlobalTimeSplit} does, but divides the people of the future at random
 * instead of by a second instant, so that validation and test speak of the same weeks.
 *
 * <p>Users who come back after the cut are ordered by their first later interaction and divided into bins of the
 * same size; from each bin the same share goes to validation, the rest to test. A user is in one of the two only.
 * Later rows of users or items that do not train are dropped and counted.
 *
 * <p>What it does not prevent: settings chosen on validation have seen the weeks that test asks about, so the test
 * result says nothing of how a model ages.
 *
 * @param ratios which shares of all interactions are later than the cut, and how the future is divided
 * @param bins how many strata of time, at least 1
 * @param seed decides who is in which part
 */
public record StratifiedTimeSplit(Ratios ratios, int bins, long seed) implements Splitter {
    /** Deciles of the future. */
    public static final int STANDARD_BINS = 10;

    /**
     * Checks the bins.
     *
     * @param ratios shares of all interactions
     * @param bins strata of time
     * @param seed decides who is in which part
     * @throws IllegalArgumentException if {@code bins} is below 1
     */
    public StratifiedTimeSplit {
        checkArgument(bins >= 1, "bins must be at least 1, got %s: 10 makes deciles", bins);
    }

    /**
     * Divides the future by deciles.
     *
     * @param ratios which shares of all interactions are later than the cut
     * @param seed decides who is in which part
     */
    public StratifiedTimeSplit(Ratios ratios, long seed) {
        this(ratios, STANDARD_BINS, seed);
    }

    @Override
    public Split split(Dataset dataset) {
        long instant = TimeCut.ofRatios(dataset.interactions(), ratios, protocol())[0];
        TimeCut cut = TimeCut.at(instant, dataset, protocol());
        Assignment assignment = new Assignment(dataset);
        assignFuture(assignment, cut);
        int[] later = usersOfTheFuture(assignment);
        Keys keys = new Keys(seed);
        for (int bin = 0; bin < bins; bin++) {
            int from = edge(later.length, bin);
            int to = edge(later.length, bin + 1);
            int[] shuffled = keys.shuffled(Arrays.copyOfRange(later, from, to), dataset.users());
            Arrays.stream(shuffled).limit(validated(to) - validated(from)).forEach(user -> validate(assignment, user));
        }
        assignment.note("training ends before " + Instant.ofEpochMilli(instant)
                + "; validation and test are different users of the same later time");
        return assignment.toSplit(protocol());
    }

    /** All that is later tests, but for the cold. */
    private static void assignFuture(Assignment assignment, TimeCut cut) {
        for (int user = 0; user < assignment.rows().numUsers(); user++) {
            boolean warm = cut.isWarmUser(user);
            cut.futureOf(user).forEach(row -> {
                if (warm && cut.isWarmItem(row)) {
                    assignment.set(row, Layout.TEST);
                } else {
                    assignment.drop(row, (warm ? "item" : "user") + " without training rows");
                }
            });
        }
    }

    private static int[] usersOfTheFuture(Assignment assignment) {
        return IntStream.range(0, assignment.rows().numUsers())
                .filter(user -> later(assignment, user).findAny().isPresent())
                .boxed()
                .sorted(Comparator.comparingLong(user -> assignment
                        .rows()
                        .time(later(assignment, user).findFirst().orElseThrow())))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static void validate(Assignment assignment, int user) {
        later(assignment, user).forEach(row -> assignment.set(row, Layout.VALIDATION));
    }

    private static IntStream later(Assignment assignment, int user) {
        return IntStream.range(assignment.rows().start(user), assignment.rows().end(user))
                .filter(row -> assignment.role(row) == Layout.TEST);
    }

    private int edge(int users, int bin) {
        return (int) ((long) users * bin / bins);
    }

    /** How many of the first users validate. */
    private int validated(int users) {
        return Ratios.floor(users, ratios.validation() / (ratios.validation() + ratios.test()));
    }

    private String protocol() {
        return "stratified-time(" + ratios + ", bins=" + bins + ", seed=" + seed + ")";
    }
}
