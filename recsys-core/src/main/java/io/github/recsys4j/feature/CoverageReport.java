package io.github.recsys4j.feature;

import io.github.recsys4j.data.Vocabulary;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How vectors and items fit together.
 *
 * @param items how many items the vocabulary has
 * @param covered how many of them have a vector
 * @param vectors how many vectors there were
 * @param unmatched how many of these belong to no item
 * @param itemsWithout up to ten items without a vector
 * @param idsWithout up to ten ids of vectors that belong to no item
 */
public record CoverageReport(
        int items, int covered, int vectors, int unmatched, List<String> itemsWithout, List<String> idsWithout) {
    private static final int EXAMPLES = 10;

    /**
     * Copies the examples.
     *
     * @param items how many items there are
     * @param covered how many have a vector
     * @param vectors how many vectors there were
     * @param unmatched how many belong to no item
     * @param itemsWithout some items without a vector
     * @param idsWithout some ids that are no items
     */
    public CoverageReport {
        itemsWithout = List.copyOf(itemsWithout);
        idsWithout = List.copyOf(idsWithout);
    }

    static CoverageReport of(FeatureMatrix matrix, Vocabulary items, List<String> ids) {
        List<String> strangers = ids.stream().filter(id -> !items.contains(id)).toList();
        List<String> without = IntStream.range(0, items.size())
                .filter(item -> !matrix.present(item))
                .limit(EXAMPLES)
                .mapToObj(items::id)
                .toList();
        return new CoverageReport(
                items.size(),
                matrix.numPresent(),
                ids.size(),
                strangers.size(),
                without,
                strangers.subList(0, Math.min(EXAMPLES, strangers.size())));
    }

    /** {@return the share of items that have a vector, from 0 to 1; 1 if there are no items} */
    public double share() {
        return items == 0 ? 1 : (double) covered / items;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d items have a vector (%.1f %%)%s; %,d of %,d vectors match no item%s",
                covered,
                items,
                100 * share(),
                examples(itemsWithout),
                unmatched,
                vectors,
                examples(idsWithout));
    }

    private static String examples(List<String> ids) {
        return ids.isEmpty() ? "" : ", such as " + String.join(", ", ids);
    }
}
