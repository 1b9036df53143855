package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.RankedItems;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Items that are like an item: the largest cosines of the item vectors. The cosine and not the inner product by which
 * users are served, because long vectors, of popular items, would be like everything.
 *
 * <p>Holds a second copy of the vectors, brought to length 1, outside the heap.
 *
 * <p>Thread-safety: safe for many threads. {@link #close()} waits for the calls in flight.
 */
public final class SimilarItems implements AutoCloseable {
    private final Vocabulary items;
    private final float[] units;
    private final int dim;
    private final ItemIndex index;

    private SimilarItems(Vocabulary items, float[] units, int dim) {
        this.items = items;
        this.units = units;
        this.dim = dim;
        this.index = ExactIndex.of(units, dim);
    }

    /**
     * Takes the item vectors of a scorer as they are now.
     *
     * @param scorer with at least one item
     * @return the similar items, to be closed by the caller
     */
    public static SimilarItems of(BatchScorer scorer) {
        int dim = scorer.dim();
        float[] units = scorer.itemVectors().clone();
        for (int item = 0; item < units.length / dim; item++) {
            toUnit(units, item * dim, dim);
        }
        return new SimilarItems(scorer.items(), units, dim);
    }

    private static void toUnit(float[] vectors, int from, int dim) {
        double squares = 0;
        for (int d = from; d < from + dim; d++) {
            squares += (double) vectors[d] * vectors[d];
        }
        double length = Math.max(Math.sqrt(squares), Float.MIN_NORMAL);
        for (int d = from; d < from + dim; d++) {
            vectors[d] = (float) (vectors[d] / length);
        }
    }

    /**
     * Finds the most similar items.
     *
     * @param itemId an item of the catalogue
     * @param k how many at most, at least 1
     * @return best first, without the item itself; the cosine, from -1 to 1, is the score
     * @throws IllegalArgumentException if the item is not in the catalogue or {@code k} is below 1
     * @throws IllegalStateException if this is closed
     */
    public List<Recommendation> similarItems(String itemId, int k) {
        int item = items.indexOf(itemId);
        checkArgument(item != Vocabulary.UNKNOWN, "item \"%s\" is not in the catalogue: check the id", itemId);
        float[] query = new float[dim];
        System.arraycopy(units, item * dim, query, 0, dim);
        RankedItems ranked = index.topK(query, k, ItemFilter.excluding(item));
        return IntStream.range(0, ranked.size())
                .mapToObj(place -> new Recommendation(items.id(ranked.item(place)), ranked.score(place)))
                .toList();
    }

    @Override
    public void close() {
        index.close();
    }
}
