package io.github.recsys4j.split;

import com.google.common.collect.ImmutableMap;
import io.github.recsys4j.data.Dataset;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a split did, measured on the finished split: counts, users too short to hold anything back, overlap with
 * training, leakage, and what the split does not prevent.
 *
 * @param protocol the splitter's name and settings, such as {@code leave-one-out(validation=all)}
 * @param train what is left to learn from
 * @param parts validation, test, and further groups where the split has any
 * @param remainder who was left whole, and rows that neither train nor measure
 * @param notes what a reader of the numbers should know, such as the tie rule and what leaks
 */
public record SplitReport(String protocol, Counts train, List<Part> parts, Remainder remainder, List<String> notes) {

    /** The name of the validation part. */
    public static final String VALIDATION = "validation";

    /** The name of the test part. */
    public static final String TEST = "test";

    /**
     * Copies the lists.
     *
     * @param protocol name and settings
     * @param train what is left to learn from
     * @param parts validation, test, and further groups
     * @param remainder who was left whole, and rows that neither train nor measure
     * @param notes what a reader should know
     */
    public SplitReport {
        parts = List.copyOf(parts);
        notes = List.copyOf(notes);
    }

    /**
     * How much there is of what.
     *
     * @param interactions rows; in a part that is held back, targets
     * @param users distinct users of these rows
     * @param items distinct items of these rows
     */
    public record Counts(long interactions, int users, int items) {}

    /**
     * A part that is held back.
     *
     * @param name {@code validation}, {@code test} or the group's name
     * @param cases evaluation cases
     * @param counts of its targets
     * @param overlap with training
     * @param leakage what training knows that it should not
     */
    public record Part(String name, int cases, Counts counts, Overlap overlap, Leakage leakage) {

        /** {@return the share of the part's users who also train, from 0 to 1; 0 in an empty part} */
        public double userOverlap() {
            return ratio(overlap.users(), counts.users());
        }

        /** {@return the share of the part's items that also train, from 0 to 1; 0 in an empty part} */
        public double itemOverlap() {
            return ratio(overlap.items(), counts.items());
        }

        private static double ratio(int common, int all) {
            return all == 0 ? 0 : (double) common / all;
        }
    }

    /**
     * What a part has in common with training.
     *
     * @param users distinct users in both
     * @param items distinct items in both
     */
    public record Overlap(int users, int items) {}

    /**
     * Targets that training gives away.
     *
     * @param repeatedPairs targets whose user has a training row with the same item
     * @param beforeOwnTraining targets that are earlier than a training row of the same user (without times: that
     *     stand before one); empty if that is not known
     * @param beforeAnyTraining targets that are earlier than a training row of anybody, so that training holds the
     *     target's future; empty if there are no times
     */
    public record Leakage(long repeatedPairs, OptionalLong beforeOwnTraining, OptionalLong beforeAnyTraining) {}

    /**
     * What is neither divided nor measured.
     *
     * @param usersTooShort users with too few interactions to hold any back; they stay in training whole
     * @param contextInteractions rows that are given as history and not learned from
     * @param dropped rows that are in no part, by reason
     */
    public record Remainder(int usersTooShort, long contextInteractions, Map<String, Long> dropped) {
        /** Nothing remains. */
        public static final Remainder NONE = new Remainder(0, 0, Map.of());

        /**
         * Copies the map and keeps its order.
         *
         * @param usersTooShort users who stay in training whole
         * @param contextInteractions rows that are only given as history
         * @param dropped rows in no part, by reason
         */
        public Remainder {
            dropped = ImmutableMap.copyOf(dropped);
        }

        /** {@return how many rows are in no part} */
        public long droppedInteractions() {
            return dropped.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Measures a split that was made elsewhere.
     *
     * @param protocol where it comes from
     * @param train what is left to learn from
     * @param validation cases to choose settings with
     * @param test cases to measure with
     * @return the report, without notes
     */
    public static SplitReport measure(String protocol, Dataset train, HeldOut validation, HeldOut test) {
        SplitMeasure measure = new SplitMeasure(train);
        return new SplitReport(
                protocol,
                measure.train(),
                List.of(measure.part(VALIDATION, validation), measure.part(TEST, test)),
                Remainder.NONE,
                List.of());
    }

    /**
     * {@return this report with other notes}
     *
     * @param lines what a reader should know
     */
    public SplitReport withNotes(List<String> lines) {
        return new SplitReport(protocol, train, parts, remainder, lines);
    }

    /** {@return how many interactions are left to learn from} */
    public long trainInteractions() {
        return train.interactions();
    }

    /** {@return how many validation cases there are} */
    public int validationCases() {
        return part(VALIDATION).cases();
    }

    /** {@return how many test cases there are} */
    public int testCases() {
        return part(TEST).cases();
    }

    /** {@return users with too few interactions to hold any back; they stay in training whole} */
    public int usersTooShort() {
        return remainder.usersTooShort();
    }

    /**
     * Finds a part.
     *
     * @param name {@code validation}, {@code test} or a group's name
     * @return what was measured of it
     * @throws IllegalArgumentException if there is no such part
     */
    public Part part(String name) {
        return parts.stream()
                .filter(part -> part.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "part must be one of " + parts.stream().map(Part::name).toList() + ", got \"" + name + "\""));
    }

    /** {@return a table of the parts, and the notes, as Markdown} */
    public String toMarkdown() {
        return SplitReportText.markdown(this);
    }

    @Override
    public String toString() {
        return SplitReportText.plain(this);
    }
}
