package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import io.github.recsys4j.split.HeldOut;
import java.util.List;

/**
 * What a recommender recommended, case by case, beside the cases.
 *
 * <p>Thread-safety: immutable.
 */
public final class RankedLists {
    private final HeldOut cases;
    private final List<int[]> lists;

    private RankedLists(HeldOut cases, List<int[]> lists) {
        this.cases = cases;
        this.lists = lists;
    }

    /**
     * Puts lists beside their cases.
     *
     * @param cases what was asked
     * @param lists one array of item indices per case, best first, without duplicates; kept, not copied
     * @return the lists
     * @throws IllegalArgumentException if there is another number of lists
     */
    public static RankedLists of(HeldOut cases, List<int[]> lists) {
        checkArgument(
                lists.size() == cases.size(),
                "lists must have one entry per case = %s, got %s",
                cases.size(),
                lists.size());
        return new RankedLists(cases, List.copyOf(lists));
    }

    /** {@return how many lists there are, one per case} */
    public int size() {
        return lists.size();
    }

    /** {@return the cases: users, histories, targets, and all items there are} */
    public HeldOut cases() {
        return cases;
    }

    /** {@return how many items the catalogue holds} */
    public int numItems() {
        return cases.items().size();
    }

    /**
     * {@return how many items the list holds among its first places}
     *
     * @param index a case
     * @param k how many places to look at
     */
    public int length(int index, int k) {
        return Math.min(k, list(index).length);
    }

    /**
     * {@return the item index in that place}
     *
     * @param index a case
     * @param place 0 for the best
     */
    public int item(int index, int place) {
        return list(index)[place];
    }

    private int[] list(int index) {
        return lists.get(checkElementIndex(index, lists.size(), "case"));
    }

    /**
     * {@return how many recommendations the first places of all lists hold}
     *
     * @param k how many places of each list to look at
     */
    public long total(int k) {
        long total = 0;
        for (int[] list : lists) {
            total += Math.min(k, list.length);
        }
        return total;
    }

    /**
     * Counts how often each item is recommended.
     *
     * @param k how many places of each list to look at
     * @return shape {@code [numItems]}
     */
    public int[] counts(int k) {
        int[] counts = new int[numItems()];
        for (int[] list : lists) {
            for (int place = 0; place < Math.min(k, list.length); place++) {
                counts[list[place]]++;
            }
        }
        return counts;
    }

    /**
     * {@return the list beside the case's truth}
     *
     * @param index a case
     */
    public Judged judged(int index) {
        return Judged.of(list(index), cases, index);
    }
}
