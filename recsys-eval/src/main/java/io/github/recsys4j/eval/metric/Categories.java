package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The categories of each item, such as genres; an item may have several or none.
 *
 * <p>Thread-safety: immutable.
 */
public final class Categories {
    private final List<int[]> byItem;

    private Categories(List<int[]> byItem) {
        this.byItem = byItem;
    }

    /**
     * Takes the names of the categories.
     *
     * @param names each item's categories, by item index
     * @return the categories
     */
    public static Categories of(List<? extends Collection<String>> names) {
        Map<String, Integer> numbers = new HashMap<>();
        List<int[]> byItem = new ArrayList<>(names.size());
        for (Collection<String> one : names) {
            byItem.add(one.stream()
                    .distinct()
                    .mapToInt(name -> numbers.computeIfAbsent(name, unused -> numbers.size()))
                    .sorted()
                    .toArray());
        }
        return new Categories(List.copyOf(byItem));
    }

    /** Ascending numbers of the item's categories; not to be written to. */
    int[] of(int item) {
        return byItem.get(checkElementIndex(item, byItem.size(), "item"));
    }

    /** One less the share of common categories among all that either has. */
    double distance(int first, int second) {
        int[] a = of(first);
        int[] b = of(second);
        int common = 0;
        for (int i = 0, j = 0; i < a.length && j < b.length; ) {
            if (a[i] == b[j]) {
                common++;
            }
            boolean forward = a[i] <= b[j];
            j += b[j] <= a[i] ? 1 : 0;
            i += forward ? 1 : 0;
        }
        return 1 - (double) common / (a.length + b.length - common);
    }
}
