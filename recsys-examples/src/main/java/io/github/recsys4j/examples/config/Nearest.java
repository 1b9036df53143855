package io.github.recsys4j.examples.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** Gives the choice with the smallest edit distance, or nothing where all are too far to be meant. */
    static Optional<String> of(String given, Collection<String> choices) {
        String wanted = given.toLowerCase(Locale.ROOT).replace('_', '-');
        int limit = Math.max(2, given.length() / 2);
        return choices.stream()
                .min(Comparator.<String>comparingInt(choice -> distance(wanted, choice))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(choice -> distance(wanted, choice) <= limit);
    }

    /**
     * Counts the insertions, deletions and replacements between two texts (Levenshtein, "Binary codes capable of
     * correcting deletions, insertions, and reversals", 1966), by rows of the usual table.
     */
    static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int column = 0; column <= to.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= from.length(); row++) {
            int[] current = new int[to.length() + 1];
            current[0] = row;
            for (int column = 1; column <= to.length(); column++) {
                int replaced = above[column - 1] + (from.charAt(row - 1) == to.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, 1 + Math.min(above[column], current[column - 1]));
            }
            above = current;
        }
        return above[to.length()];
    }
}
