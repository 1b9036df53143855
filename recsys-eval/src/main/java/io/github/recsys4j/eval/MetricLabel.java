package io.github.recsys4j.eval;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A metric's label taken apart, so that {@code NDCG@5} and {@code NDCG@10} can be drawn as one curve.
 *
 * @param name what is measured, such as {@code NDCG}
 * @param k the cut-off, or empty if the label has none
 * @param qualifier what follows, such as {@code (sampled 100 uniform)}, or the empty text
 */
public record MetricLabel(String name, OptionalInt k, String qualifier) {
    private static final Pattern CUT = Pattern.compile("([^@(\\[]+)@(\\d{1,9})(.*)");
    private static final Pattern UNCUT = Pattern.compile("([^(\\[]+)(.*)");

    /**
     * Takes a label apart.
     *
     * @param label such as {@code NDCG@10 (sampled 100 uniform)}
     * @return its parts
     */
    public static MetricLabel of(String label) {
        Matcher cut = CUT.matcher(label);
        if (cut.matches()) {
            return new MetricLabel(
                    cut.group(1).strip(),
                    OptionalInt.of(Integer.parseInt(cut.group(2))),
                    cut.group(3).strip());
        }
        Matcher uncut = UNCUT.matcher(label);
        return uncut.matches()
                ? new MetricLabel(
                        uncut.group(1).strip(),
                        OptionalInt.empty(),
                        uncut.group(2).strip())
                : new MetricLabel(label, OptionalInt.empty(), "");
    }
}
