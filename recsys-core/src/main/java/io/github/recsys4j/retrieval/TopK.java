package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Keeps the {@code k} best of many scored items in a heap whose root is the worst item kept.
 *
 * <p>Higher scores win, equal scores go to the lower item index, whatever the order of offering. An item with
 * the score {@link #NEVER} is not kept, so that writing it into a score filters the item.
 *
 * <p>A score that does not beat the root costs one comparison: over {@code n} scores in random order only
 * about {@code k * ln(n / k)} reach the heap.
 *
 * <p>Thread-safety: none; each thread has its own.
 */
public final class TopK {
    /** The score of an item that must not be kept: negative infinity. */
    public static final float NEVER = Float.NEGATIVE_INFINITY;

    private final int[] items;
    private final double[] scores;
    private int size;
    private float threshold = NEVER;

    /**
     * Makes room for the best.
     *
     * @param k how many to keep, at least 1
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    public TopK(int k) {
        checkArgument(k >= 1, "k must be at least 1, got %s: ask for one item or more", k);
        items = new int[k];
        scores = new double[k];
    }

    /**
     * Offers the scores of neighbouring items: position {@code i} is the score of item {@code first + i}.
     *
     * @param first the item index of the first score
     * @param values the scores
     * @param count how many of them to offer
     * @throws IllegalArgumentException if a score is NaN or positive infinity
     */
    public void offerAll(int first, float[] values, int count) {
        for (int i = 0; i < count; i++) {
            if (!(values[i] < threshold)) {
                offer(first + i, values[i]);
            }
        }
    }

    /**
     * Offers one item.
     *
     * @param item an item index, offered at most once
     * @param score its score; compared as given, returned as a float
     * @throws IllegalArgumentException if the score is NaN or positive infinity
     */
    public void offer(int item, double score) {
        checkArgument(
                score < Double.POSITIVE_INFINITY,
                "score of item %s must be a finite number, got %s",
                (Integer) item,
                (Double) score);
        if (score == NEVER) {
            return;
        }
        if (size < items.length) {
            siftUp(size++, item, score);
            if (size == items.length) {
                raiseThreshold();
            }
        } else if (isBetter(item, score, 0)) {
            siftDown(item, score);
            raiseThreshold();
        }
    }

    /** The greatest float that is not above the worst score kept: what is below it cannot be kept. */
    private void raiseThreshold() {
        float nearest = (float) scores[0];
        threshold = nearest > scores[0] ? Math.nextDown(nearest) : nearest;
    }

    private boolean isBetter(int item, double score, int slot) {
        return score > scores[slot] || (score == scores[slot] && item < items[slot]);
    }

    private void siftUp(int from, int item, double score) {
        int slot = from;
        while (slot > 0) {
            int parent = (slot - 1) >>> 1;
            if (isBetter(item, score, parent)) {
                break;
            }
            put(slot, items[parent], scores[parent]);
            slot = parent;
        }
        put(slot, item, score);
    }

    private void siftDown(int item, double score) {
        int slot = 0;
        for (int child = 1; child < size; child = 2 * slot + 1) {
            if (child + 1 < size && isBetter(items[child], scores[child], child + 1)) {
                child++;
            }
            if (!isBetter(item, score, child)) {
                break;
            }
            put(slot, items[child], scores[child]);
            slot = child;
        }
        put(slot, item, score);
    }

    private void put(int slot, int item, double score) {
        items[slot] = item;
        scores[slot] = score;
    }

    /**
     * Takes out what was kept, so that the next row can be offered.
     *
     * @return the best items, best first
     */
    public RankedItems drain() {
        int[] rankedItems = new int[size];
        float[] rankedScores = new float[size];
        while (size > 0) {
            rankedItems[size - 1] = items[0];
            rankedScores[size - 1] = (float) scores[0];
            size--;
            siftDown(items[size], scores[size]);
        }
        threshold = NEVER;
        return RankedItems.owning(rankedItems, rankedScores);
    }
}
