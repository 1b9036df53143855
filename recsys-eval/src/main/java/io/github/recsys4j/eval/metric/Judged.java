package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.Arrays;

/**
 * One ranking beside the truth: which recommendations are relevant, and how many items are relevant in all.
 *
 * <p>Ranks count from 1. A list may be shorter than a metric's cut-off; the missing places are no hits. An item
 * that stands among the relevant ones more than once counts once.
 *
 * <p>Thread-safety: immutable.
 */
public final class Judged {
    private final int[] ranked;
    private final boolean[] hits;
    private final int numRelevant;

    private Judged(int[] ranked, int[] relevant) {
        this.ranked = ranked;
        numRelevant = relevant.length;
        hits = new boolean[ranked.length];
        for (int i = 0; i < ranked.length; i++) {
            hits[i] = Arrays.binarySearch(relevant, ranked[i]) >= 0;
        }
    }

    /**
     * Judges a ranking.
     *
     * @param ranked item indices, best first, without duplicates
     * @param relevant the item indices that should be found, in any order
     * @return the judged ranking
     * @throws IllegalArgumentException if an item is ranked twice
     */
    public static Judged of(int[] ranked, int[] relevant) {
        int distinct = sortedDistinct(ranked).length;
        checkArgument(
                distinct == ranked.length,
                "ranked must hold each item once, got %s distinct ones among %s",
                distinct,
                ranked.length);
        return new Judged(ranked.clone(), sortedDistinct(relevant));
    }

    private static int[] sortedDistinct(int[] items) {
        int[] sorted = items.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** {@return how many recommendations there are} */
    public int size() {
        return ranked.length;
    }

    /** {@return how many distinct items are relevant} */
    public int numRelevant() {
        return numRelevant;
    }

    /**
     * {@return the item index at that rank}
     *
     * @param rank from 1 to {@link #size()}
     */
    public int item(int rank) {
        return ranked[checkElementIndex(rank - 1, ranked.length, "rank - 1")];
    }

    /**
     * {@return whether the recommendation at that rank is relevant; false beyond the end of the list}
     *
     * @param rank at least 1
     */
    public boolean isHit(int rank) {
        checkArgument(rank >= 1, "rank must be at least 1, got %s", rank);
        return rank <= hits.length && hits[rank - 1];
    }

    /**
     * {@return how many of the first recommendations are relevant}
     *
     * @param k how many recommendations to look at
     */
    public int hits(int k) {
        int count = 0;
        for (int i = 0; i < Math.min(k, hits.length); i++) {
            count += hits[i] ? 1 : 0;
        }
        return count;
    }
}
