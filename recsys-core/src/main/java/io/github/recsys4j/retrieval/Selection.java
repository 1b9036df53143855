package io.github.recsys4j.retrieval;

import java.nio.FloatBuffer;
import java.util.Arrays;

/** The best items of one query that its filter lets pass, while panel after panel of scores comes. For one thread. */
final class Selection {
    private final ItemFilter filter;
    private final int[] excluded;
    private final boolean sorted;
    private final TopK top;

    /** Takes whether the scores come in several panels: a long list of excluded items is then better sorted. */
    Selection(ItemFilter filter, int k, boolean severalPanels) {
        this.filter = filter;
        sorted = severalPanels;
        excluded = severalPanels ? sorted(filter.excluded()) : filter.excluded();
        top = new TopK(k);
    }

    private static int[] sorted(int[] items) {
        int[] copy = items.clone();
        Arrays.sort(copy);
        return copy;
    }

    /**
     * Filters scores, in place, and keeps the best.
     *
     * @param scores those of the panel begin at a position
     * @param at that position
     * @param first the panel's first item, a multiple of 64
     * @param count its items
     * @param room floats on the heap, where looking through them is fastest
     */
    void take(FloatBuffer scores, int at, int first, int count, float[] room) {
        exclude(scores, at, first, first + count);
        if (filter.candidates().isPresent()) {
            candidates(filter.candidates().get(), scores, at, first, first + count);
        } else if (filter.bitmap().isPresent()) {
            bitmap(filter.bitmap().get(), scores, at, first, first + count);
        } else {
            all(scores, at, first, count, room);
        }
    }

    private void exclude(FloatBuffer scores, int at, int first, int end) {
        for (int place = sorted ? from(excluded, first) : 0; place < excluded.length; place++) {
            int item = excluded[place];
            if (item >= first && item < end) {
                scores.put(at + item - first, TopK.NEVER);
            } else if (sorted) {
                return;
            }
        }
    }

    /** The place of the first item that is not below. */
    private static int from(int[] items, int first) {
        int found = Arrays.binarySearch(items, first);
        while (found > 0 && items[found - 1] == first) {
            found--;
        }
        return found < 0 ? -found - 1 : found;
    }

    private void candidates(int[] items, FloatBuffer scores, int at, int first, int end) {
        for (int place = from(items, first); place < items.length && items[place] < end; place++) {
            top.offer(items[place], scores.get(at + items[place] - first));
        }
    }

    private void bitmap(long[] bitmap, FloatBuffer scores, int at, int first, int end) {
        for (int word = first >>> 6; word < bitmap.length && word << 6 < end; word++) {
            for (long bits = bitmap[word]; bits != 0; bits &= bits - 1) {
                int item = 64 * word + Long.numberOfTrailingZeros(bits);
                top.offer(item, scores.get(at + item - first));
            }
        }
    }

    private void all(FloatBuffer scores, int at, int first, int count, float[] room) {
        for (int done = 0; done < count; done += room.length) {
            int length = Math.min(room.length, count - done);
            scores.get(at + done, room, 0, length);
            top.offerAll(first + done, room, length);
        }
    }

    RankedItems best() {
        return top.drain();
    }
}
