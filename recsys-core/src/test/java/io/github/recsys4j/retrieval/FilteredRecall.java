package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;

/** The share of what an exact search finds behind a filter that an index finds as well; it must return as many items. */
final class FilteredRecall {
    private static final int QUERIES = 100;

    private FilteredRecall() {}

    /** Lets every so many-th item pass, less 200 that were seen. */
    static double of(ItemIndex index, float[] vectors, int every) {
        BitSet passing = new BitSet();
        for (int item = 0; item < index.size(); item += every) {
            passing.set(item);
        }
        int[] seen = new Random(6).ints(200, 0, index.size()).toArray();
        ItemFilter filter = ItemFilter.only(passing).andExcluding(seen);
        float[] queries = Clusters.units(QUERIES, index.dim(), 2);
        int hits = 0;
        int wanted = 0;
        try (ExactIndex exact = ExactIndex.of(vectors, index.dim())) {
            for (int row = 0; row < QUERIES; row++) {
                float[] query = Arrays.copyOfRange(queries, row * index.dim(), (row + 1) * index.dim());
                int[] expected = exact.topK(query, 10, filter).items();
                int[] found = index.topK(query, 10, filter).items();
                assertThat(found).hasSameSizeAs(expected);
                hits += (int) Arrays.stream(found)
                        .filter(item -> Arrays.stream(expected).anyMatch(other -> other == item))
                        .count();
                wanted += expected.length;
            }
        }
        return hits / (double) wanted;
    }
}
