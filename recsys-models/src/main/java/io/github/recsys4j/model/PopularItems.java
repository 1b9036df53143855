package io.github.recsys4j.model;

import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import java.nio.LongBuffer;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The catalogue by its number of interactions in the training data, most first, ties by item index: the answer where
 * nothing is known of a user. The count is the score. Thread-safety: immutable.
 */
final class PopularItems {
    private final LongBuffer counts;
    private final int[] order;

    PopularItems(LongBuffer counts) {
        this.counts = counts;
        order = IntStream.range(0, counts.capacity())
                .boxed()
                .sorted(Comparator.comparingLong(item -> -counts.get(item)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    RankedItems topK(int k, ItemFilter filter) {
        BitSet allowed = filter.allowed(order.length);
        int[] items = IntStream.of(order).filter(allowed::get).limit(k).toArray();
        float[] scores = new float[items.length];
        for (int i = 0; i < items.length; i++) {
            scores[i] = counts.get(items[i]);
        }
        return RankedItems.of(items, scores);
    }
}
