package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * Items in the order of their scores, best first, equal scores by item index.
 *
 * <p>Thread-safety: immutable.
 */
public final class RankedItems {
    private final int[] items;
    private final float[] scores;

    private RankedItems(int[] items, float[] scores) {
        this.items = items;
        this.scores = scores;
    }

    /** Takes the arrays without a copy. */
    static RankedItems owning(int[] items, float[] scores) {
        return new RankedItems(items, scores);
    }

    /**
     * Puts together a ranking that was computed elsewhere.
     *
     * @param items item indices, best first
     * @param scores the items' scores, as many
     * @return the ranking
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public static RankedItems of(int[] items, float[] scores) {
        checkArgument(
                items.length == scores.length,
                "scores must hold one value per item = %s, got %s",
                items.length,
                scores.length);
        return new RankedItems(items.clone(), scores.clone());
    }

    /** {@return how many items are ranked} */
    public int size() {
        return items.length;
    }

    /**
     * {@return the item index in that place}
     *
     * @param place 0 for the best
     */
    public int item(int place) {
        return items[place];
    }

    /**
     * {@return the score in that place}
     *
     * @param place 0 for the best
     */
    public float score(int place) {
        return scores[place];
    }

    /** {@return a copy of the item indices, best first} */
    public int[] items() {
        return items.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankedItems that
                && Arrays.equals(items, that.items)
                && Arrays.equals(scores, that.scores);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(items) + Arrays.hashCode(scores);
    }

    @Override
    public String toString() {
        return "RankedItems[items=" + Arrays.toString(items) + ", scores=" + Arrays.toString(scores) + "]";
    }
}
