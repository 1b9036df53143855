package io.github.recsys4j.retrieval;

import java.util.Arrays;

/** One query's way through the tiles: what passes its filter, the best so far, and ranks where all items are in one tile. */
final class RowSearch {
    static final int[] NOTHING = {};

    private final ItemFilter filter;
    private final TopK top;
    private final int[] wanted;
    private int[] excluded = NOTHING;
    private int nextExcluded;
    private int[] ranks = NOTHING;
    private int numFiltered;

    RowSearch(ItemFilter filter, int k, int[] wanted) {
        this.filter = filter;
        this.wanted = wanted;
        top = new TopK(k);
    }

    void offer(ScoreTile tile, int row) {
        float[] scores = tile.column(row);
        keepCandidates(scores, tile.first(), tile.length());
        exclude(scores, tile.first(), tile.length());
        top.offerAll(tile.first(), scores, tile.length());
        if (wanted.length > 0) {
            ranks = ranks(scores, tile.length());
        }
    }

    private void keepCandidates(float[] scores, int first, int length) {
        if (filter.candidates().isPresent()) {
            keepListed(filter.candidates().get(), scores, first, length);
        } else if (filter.bitmap().isPresent()) {
            keepSet(filter.bitmap().get(), scores, first, length);
        }
    }

    private void keepListed(int[] candidates, float[] scores, int first, int length) {
        int from = placeOf(first, candidates);
        int to = placeOf(first + length, candidates);
        float[] kept = new float[to - from];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = scores[candidates[from + i] - first];
        }
        Arrays.fill(scores, 0, length, TopK.NEVER);
        for (int i = 0; i < kept.length; i++) {
            scores[candidates[from + i] - first] = kept[i];
        }
        numFiltered += length - kept.length;
    }

    /** Where the first candidate of at least that index stands. */
    private static int placeOf(int item, int[] candidates) {
        int place = Arrays.binarySearch(candidates, item);
        return place >= 0 ? place : -place - 1;
    }

    private void keepSet(long[] bits, float[] scores, int first, int length) {
        for (int place = 0; place < length; place++) {
            int item = first + place;
            if (item >> 6 >= bits.length || (bits[item >> 6] >> item & 1) == 0) {
                scores[place] = TopK.NEVER;
                numFiltered++;
            }
        }
    }

    /** Sorts the excluded items only where there is more than one tile to find them in. */
    private void exclude(float[] scores, int first, int length) {
        if (first == 0) {
            excluded = filter.excluded();
            if (Arrays.stream(excluded).anyMatch(item -> item >= length)) {
                excluded = Arrays.stream(excluded).sorted().toArray();
            }
        }
        for (; nextExcluded < excluded.length && excluded[nextExcluded] < first + length; nextExcluded++) {
            int place = excluded[nextExcluded] - first;
            numFiltered += scores[place] == TopK.NEVER ? 0 : 1;
            scores[place] = TopK.NEVER;
        }
    }

    private int[] ranks(float[] scores, int size) {
        int[] found = new int[wanted.length];
        int count = 0;
        for (int item : wanted) {
            if (scores[item] != TopK.NEVER) {
                found[count++] = 1 + before(item, scores, size);
            }
        }
        return Arrays.copyOf(found, count);
    }

    /** How many items stand before one: higher scores, and equal ones with a lower index. */
    private static int before(int wanted, float[] scores, int size) {
        float score = scores[wanted];
        int count = 0;
        for (int item = 0; item < wanted; item++) {
            count += scores[item] >= score ? 1 : 0;
        }
        for (int item = wanted + 1; item < size; item++) {
            count += scores[item] > score ? 1 : 0;
        }
        return count;
    }

    RankedItems best() {
        return top.drain();
    }

    WantedRanks ranks(int size) {
        return new WantedRanks(ranks, size - numFiltered);
    }
}
