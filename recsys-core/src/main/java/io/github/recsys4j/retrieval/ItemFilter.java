package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which items an index may return: all of them or a list of candidates, less those that are excluded.
 *
 * <p>Thread-safety: immutable.
 */
public final class ItemFilter {
    private static final ItemFilter NONE = new ItemFilter(Optional.empty(), new int[0]);

    private final Optional<int[]> candidates;
    private final int[] excluded;

    private ItemFilter(Optional<int[]> candidates, int[] excluded) {
        this.candidates = candidates;
        this.excluded = excluded;
    }

    /** {@return the filter that lets every item pass} */
    public static ItemFilter none() {
        return NONE;
    }

    /**
     * Lets all items pass but these.
     *
     * @param items item indices in any order, repeated or not
     * @return the filter
     * @throws IllegalArgumentException if an index is negative
     */
    public static ItemFilter excluding(int... items) {
        return NONE.andExcluding(items);
    }

    /**
     * Lets only these items pass.
     *
     * @param items item indices in any order, repeated or not; none at all lets nothing pass
     * @return the filter
     * @throws IllegalArgumentException if an index is negative
     */
    public static ItemFilter only(int... items) {
        int[] sorted = Arrays.stream(items).sorted().distinct().toArray();
        checkIndices("candidates", sorted);
        return new ItemFilter(Optional.of(sorted), new int[0]);
    }

    /**
     * Lets only the items whose bit is set pass.
     *
     * @param items bit {@code i} stands for item {@code i}
     * @return the filter
     */
    public static ItemFilter only(BitSet items) {
        return only(items.stream().toArray());
    }

    /**
     * Excludes items beside those that are excluded already.
     *
     * @param items item indices in any order, repeated or not
     * @return the narrower filter
     * @throws IllegalArgumentException if an index is negative
     */
    public ItemFilter andExcluding(int... items) {
        checkIndices("excluded items", items);
        int[] all = Arrays.copyOf(excluded, excluded.length + items.length);
        System.arraycopy(items, 0, all, excluded.length, items.length);
        return new ItemFilter(candidates, all);
    }

    private static void checkIndices(String name, int[] items) {
        for (int item : items) {
            checkArgument(item >= 0, "%s must be item indices of at least 0, got %s", name, item);
        }
    }

    /**
     * Spells the filter out, for an index that asks item by item.
     *
     * @param size how many items the index holds
     * @return a set whose bit {@code i} says whether item {@code i} may be returned
     * @throws IllegalArgumentException if the filter speaks of an item that the index does not hold
     */
    public BitSet allowed(int size) {
        checkWithin(size);
        BitSet allowed = new BitSet(size);
        if (candidates.isPresent()) {
            Arrays.stream(candidates.get()).forEach(allowed::set);
        } else {
            allowed.set(0, size);
        }
        Arrays.stream(excluded).forEach(allowed::clear);
        return allowed;
    }

    /** The candidates, ascending and distinct, or empty if every item is one; not to be written to. */
    Optional<int[]> candidates() {
        return candidates;
    }

    /** The excluded items, in no order; not to be written to. */
    int[] excluded() {
        return excluded;
    }

    void checkWithin(int size) {
        for (int item : excluded) {
            checkArgument(item < size, "excluded items must be below the index's size %s, got %s", size, item);
        }
        if (candidates.isPresent() && candidates.get().length > 0) {
            int last = candidates.get()[candidates.get().length - 1];
            checkArgument(last < size, "candidates must be below the index's size %s, got %s", size, last);
        }
    }
}
