package io.github.recsys4j.split;

import java.util.List;

/**
 * What a split did: counts, users too short to hold anything back, overlap and leakage.
 *
 * @param protocol the split's name and settings, such as {@code leave-one-out(validation=all)}
 * @param trainInteractions how many interactions are left to learn from
 * @param validationCases how many validation cases there are
 * @param testCases how many test cases there are
 * @param usersTooShort users with too few interactions to hold any back; they stay in training whole
 * @param notes what a reader of the numbers should know, such as the tie rule and what leaks
 */
public record SplitReport(
        String protocol,
        long trainInteractions,
        int validationCases,
        int testCases,
        int usersTooShort,
        List<String> notes) {

    /**
     * Copies the notes.
     *
     * @param protocol name and settings
     * @param trainInteractions interactions to learn from
     * @param validationCases validation cases
     * @param testCases test cases
     * @param usersTooShort users who stay in training whole
     * @param notes what a reader should know
     */
    public SplitReport {
        notes = List.copyOf(notes);
    }
}
