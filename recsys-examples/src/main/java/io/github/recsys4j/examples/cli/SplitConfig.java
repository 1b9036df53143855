package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.split.ColdItemSplit;
import io.github.recsys4j.split.GlobalTimeSplit;
import io.github.recsys4j.split.MixedColdSplit;
import io.github.recsys4j.split.RandomSplit;
import io.github.recsys4j.split.Ratios;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.Splitter;
import io.github.recsys4j.split.StratifiedColumnSplit;
import io.github.recsys4j.split.StratifiedSplit;
import io.github.recsys4j.split.StratifiedTimeSplit;
import io.github.recsys4j.split.UserRatioSplit;
import io.github.recsys4j.split.WholeUserSplit;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The section {@code split}: how interactions are held back. Not thread-safe. */
final class SplitConfig {
    private static final long SEED = 42;

    /** By name, each with its defaults. */
    static final Map<String, Splitter> SPLITTERS = splitters();

    private Splitter splitter = new LeaveOneOut(0, SEED);

    private static Map<String, Splitter> splitters() {
        Map<String, Splitter> all = new TreeMap<>();
        all.put("leave-one-out", new LeaveOneOut(0, SEED));
        all.put("global-time", new GlobalTime(Ratios.STANDARD, Optional.empty(), Optional.empty(), false, false));
        all.put("user-ratio", new UserRatioSplit());
        all.put("whole-users", new WholeUserSplit(Ratios.STANDARD, SEED));
        all.put("cold-items", new ColdItemSplit(Ratios.STANDARD, SEED));
        all.put("random", new RandomSplit(Ratios.STANDARD, SEED));
        all.put("stratified", new StratifiedSplit(SEED));
        all.put("stratified-time", new StratifiedTimeSplit(Ratios.STANDARD, SEED));
        all.put(
                "stratified-column",
                new StratifiedColumn(
                        Side.ITEM, Optional.empty(), Ratios.STANDARD, StratifiedColumnSplit.STANDARD_RARE_BELOW, SEED));
        all.put(
                "mixed-cold",
                new MixedCold(Ratios.STANDARD, MixedColdSplit.STANDARD_COLD, MixedColdSplit.STANDARD_COLD));
        return all;
    }

    /** Whose column a stratified split reads. */
    enum Side {
        ITEM,
        USER
    }

    /**
     * The last interaction of each user is test, the one before it validation.
     *
     * @param validationUsers how many random users are validated; 0 for all
     * @param seed decides which ones
     */
    record LeaveOneOut(int validationUsers, long seed) implements Splitter {
        LeaveOneOut {
            if (validationUsers < 0) {
                throw new IllegalArgumentException(
                        "validation-users must be at least 0, got " + validationUsers + ": 0 validates all");
            }
        }

        @Override
        public Split split(Dataset dataset) {
            return validationUsers == 0
                    ? io.github.recsys4j.split.LeaveOneOut.split(dataset)
                    : io.github.recsys4j.split.LeaveOneOut.withValidationSample(validationUsers, seed)
                            .split(dataset);
        }
    }

    /**
     * One instant for everybody, by shares or by dates.
     *
     * @param ratios shares of the interactions, unless there are dates
     * @param validationFrom an ISO date or instant
     * @param testFrom an ISO date or instant
     * @param keepColdUsers whether users without training rows are measured
     * @param keepColdItems whether items without training rows are measured
     */
    record GlobalTime(
            Ratios ratios,
            Optional<String> validationFrom,
            Optional<String> testFrom,
            boolean keepColdUsers,
            boolean keepColdItems)
            implements Splitter {
        GlobalTime {
            if (validationFrom.isPresent() != testFrom.isPresent()) {
                throw new IllegalArgumentException("validation-from and test-from must stand together or not at all");
            }
            validationFrom.ifPresent(GlobalTime::instant);
            testFrom.ifPresent(GlobalTime::instant);
        }

        @Override
        public Split split(Dataset dataset) {
            GlobalTimeSplit split = validationFrom.isEmpty() || testFrom.isEmpty()
                    ? GlobalTimeSplit.of(ratios)
                    : GlobalTimeSplit.at(instant(validationFrom.get()), instant(testFrom.get()));
            split = keepColdUsers ? split.keepingColdUsers() : split;
            return (keepColdItems ? split.keepingColdItems() : split).split(dataset);
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text.contains("T") ? text : text + "T00:00:00Z");
            } catch (DateTimeParseException e) {
                throw new IllegalArgumentException(
                        "a time must look like 2025-01-31 or 2025-01-31T12:00:00Z, got \"" + text + "\"", e);
            }
        }
    }

    /**
     * The same share for each value of a column.
     *
     * @param side whose column
     * @param column its name
     * @param ratios shares of each value's interactions
     * @param rareBelow values with fewer rows are grouped
     * @param seed decides which interactions
     */
    record StratifiedColumn(Side side, Optional<String> column, Ratios ratios, int rareBelow, long seed)
            implements Splitter {
        @Override
        public Split split(Dataset dataset) {
            String name = column.orElseThrow(
                    () -> new ConfigException("split stratified-column needs the name of a column: give split.column"));
            StratifiedColumnSplit split = side == Side.ITEM
                    ? StratifiedColumnSplit.byItemColumn(name, seed)
                    : StratifiedColumnSplit.byUserColumn(name, seed);
            return split.withRatios(ratios).withRareBelow(rareBelow).split(dataset);
        }
    }

    /**
     * Cold users and items beside warm ones.
     *
     * @param ratios shares of a warm user's interactions
     * @param coldUsers share of the users
     * @param coldItems share of the items
     */
    record MixedCold(Ratios ratios, double coldUsers, double coldItems) implements Splitter {
        @Override
        public Split split(Dataset dataset) {
            return MixedColdSplit.of(ratios)
                    .withColdUsers(coldUsers)
                    .withColdItems(coldItems)
                    .split(dataset);
        }
    }

    void read(Keys keys) {
        keys.<Splitter>variant("split", "leave-one-out", SPLITTERS, value -> splitter = value);
    }

    Splitter splitter() {
        return splitter;
    }

    Map<String, Object> toMap() {
        return Records.toMap(SPLITTERS, splitter);
    }
}
