package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Dataset;
import java.time.Instant;

/**
 * Cuts everybody at the same two instants: what is earlier than the first trains, what follows until the second
 * is validation, and the rest is test. So nothing of the future is in training, as when a model goes live.
 *
 * <p>Users and items that appear only after the first instant are cold: no row of theirs trains. Their later
 * rows are dropped and counted by default, since a model of ids cannot serve them; {@link #keepingColdUsers()}
 * and {@link #keepingColdItems()} keep them. A cold user's history is empty until validation has given one.
 *
 * <p>What it does not prevent: a case may have many targets, spread over weeks, and all are asked for at the
 * instant of the cut.
 */
public final class GlobalTimeSplit implements Splitter {
    private final Cutter cutter;
    private final String cuts;
    private final boolean coldUsers;
    private final boolean coldItems;

    /** Finds the two instants. */
    @FunctionalInterface
    private interface Cutter {
        long[] cut(Dataset dataset, String protocol);
    }

    private GlobalTimeSplit(Cutter cutter, String cuts, boolean coldUsers, boolean coldItems) {
        this.cutter = cutter;
        this.cuts = cuts;
        this.coldUsers = coldUsers;
        this.coldItems = coldItems;
    }

    /**
     * Cuts at two instants.
     *
     * @param validationFrom the first instant that is not training
     * @param testFrom the first instant that is test; the same as {@code validationFrom} for no validation
     * @return the splitter
     * @throws IllegalArgumentException if {@code testFrom} is before {@code validationFrom}
     */
    public static GlobalTimeSplit at(Instant validationFrom, Instant testFrom) {
        checkArgument(
                !testFrom.isBefore(validationFrom),
                "testFrom must not be before validationFrom = %s, got %s: validation comes first",
                validationFrom,
                testFrom);
        long[] instants = {validationFrom.toEpochMilli(), testFrom.toEpochMilli()};
        return new GlobalTimeSplit(
                (dataset, protocol) -> {
                    TimeCut.checkTimes(dataset.interactions(), protocol);
                    return instants;
                },
                "validation from " + validationFrom + ", test from " + testFrom,
                false,
                false);
    }

    /**
     * Cuts where these shares of all interactions are later. Interactions at the very instant of a cut all belong
     * to the later part, so shares may be larger.
     *
     * @param ratios which shares of the interactions are held back
     * @return the splitter
     */
    public static GlobalTimeSplit of(Ratios ratios) {
        return new GlobalTimeSplit(
                (dataset, protocol) -> TimeCut.ofRatios(dataset.interactions(), ratios, protocol),
                ratios.toString(),
                false,
                false);
    }

    /** {@return this splitter, measuring also with users who do not train} */
    public GlobalTimeSplit keepingColdUsers() {
        return new GlobalTimeSplit(cutter, cuts, true, coldItems);
    }

    /** {@return this splitter, measuring also with items that do not train} */
    public GlobalTimeSplit keepingColdItems() {
        return new GlobalTimeSplit(cutter, cuts, coldUsers, true);
    }

    @Override
    public Split split(Dataset dataset) {
        long[] instants = cutter.cut(dataset, protocol());
        TimeCut cut = TimeCut.at(instants[0], dataset, protocol());
        Assignment assignment = new Assignment(dataset);
        for (int user = 0; user < dataset.users().size(); user++) {
            boolean keptUser = coldUsers || cut.isWarmUser(user);
            cut.futureOf(user).forEach(row -> {
                if (!keptUser) {
                    assignment.drop(row, "user without training rows");
                } else if (!coldItems && !cut.isWarmItem(row)) {
                    assignment.drop(row, "item without training rows");
                } else {
                    boolean test = dataset.interactions().time(row) >= instants[1];
                    assignment.set(row, test ? Layout.TEST : Layout.VALIDATION);
                }
            });
        }
        assignment.note("training ends before " + Instant.ofEpochMilli(instants[0])
                + ": nothing later than a target's part is in training");
        return assignment.toSplit(protocol());
    }

    private String protocol() {
        return "global-time(" + cuts + ", cold users " + kept(coldUsers) + ", cold items " + kept(coldItems) + ")";
    }

    private static String kept(boolean yes) {
        return yes ? "kept" : "dropped";
    }
}
