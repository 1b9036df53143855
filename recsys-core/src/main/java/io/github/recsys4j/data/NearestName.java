package io.github.recsys4j.data;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody may have meant, for messages about unknown names. */
public final class NearestName {
    private NearestName() {}

    /**
     * Finds the name with the fewest edits.
     *
     * @param given what somebody wrote
     * @param names what they may have meant
     * @return the nearest name, if at most a third of its letters differ
     */
    public static Optional<String> of(String given, List<String> names) {
        return names.stream()
                .min(Comparator.comparingInt(name -> distance(given, name)))
                .filter(name -> 3 * distance(given, name) <= name.length());
    }

    /** How many letters must be inserted, deleted or replaced (Levenshtein), upper and lower case being equal. */
    static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
