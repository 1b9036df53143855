package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * Which items an index may return: all of them, a list of candidates or those of a bitmap, less those that are excluded.
 *
 * <p>Predicates over columns of the items become a bitmap once, by {@link ItemAttributes#filter}; a filter is then asked by
 * single bits, however many columns the predicate names. Keep such a filter where it is used again.
 *
 * <p>Thread-safety: immutable.
 */
public final class ItemFilter {
    private static final int[] NO_ITEMS = {};
    private static final ItemFilter NONE = new ItemFilter(Optional.empty(), Optional.empty(), NO_ITEMS);

    /** From which share of items on a list of candidates becomes a bitmap. */
    private static final int SPARSE = 64;

    private final Optional<int[]> candidates;
    private final Optional<long[]> bitmap;
    private final int[] excluded;

    private ItemFilter(Optional<int[]> candidates, Optional<long[]> bitmap, int[] excluded) {
        this.candidates = candidates;
        this.bitmap = bitmap;
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
        return new ItemFilter(Optional.of(sorted), Optional.empty(), NO_ITEMS);
    }

    /**
     * Lets only the items whose bit is set pass.
     *
     * @param items bit {@code i} stands for item {@code i}
     * @return the filter
     */
    public static ItemFilter only(BitSet items) {
        if ((long) items.cardinality() * SPARSE < items.length()) {
            return only(items.stream().toArray());
        }
        return new ItemFilter(Optional.empty(), Optional.of(items.toLongArray()), NO_ITEMS);
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
        return new ItemFilter(candidates, bitmap, all);
    }

    /**
     * Lets pass what both filters let pass.
     *
     * @param other another filter
     * @return the narrower filter
     */
    public ItemFilter and(ItemFilter other) {
        if (!other.isRestricted()) {
            return andExcluding(other.excluded);
        }
        if (!isRestricted()) {
            return other.andExcluding(excluded);
        }
        BitSet both = listed();
        both.and(other.listed());
        return only(both).andExcluding(excluded).andExcluding(other.excluded);
    }

    private BitSet listed() {
        BitSet listed = bitmap.map(BitSet::valueOf).orElseGet(BitSet::new);
        candidates.ifPresent(items -> Arrays.stream(items).forEach(listed::set));
        return listed;
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
        BitSet allowed = listed();
        if (!isRestricted()) {
            allowed.set(0, size);
        }
        Arrays.stream(excluded).forEach(allowed::clear);
        return allowed;
    }

    /** Whether there are items that do not pass though nobody excluded them. */
    boolean isRestricted() {
        return candidates.isPresent() || bitmap.isPresent();
    }

    /** The candidates, ascending and distinct, or empty if they are not listed; not to be written to. */
    Optional<int[]> candidates() {
        return candidates;
    }

    /** The candidates' bits, or empty if they have none; not to be written to. */
    Optional<long[]> bitmap() {
        return bitmap;
    }

    /** The excluded items, in no order; not to be written to. */
    int[] excluded() {
        return excluded;
    }

    void checkWithin(int size) {
        for (int item : excluded) {
            checkArgument(item < size, "excluded items must be below the index's size %s, got %s", size, item);
        }
        int last = last();
        checkArgument(last < size, "candidates must be below the index's size %s, got %s", size, last);
    }

    private int last() {
        if (candidates.isPresent()) {
            int[] items = candidates.get();
            return items.length == 0 ? -1 : items[items.length - 1];
        }
        long[] bits = bitmap.orElseGet(() -> new long[0]);
        return bits.length == 0 ? -1 : 64 * bits.length - 1 - Long.numberOfLeadingZeros(bits[bits.length - 1]);
    }
}
