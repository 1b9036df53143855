package io.github.recsys4j.retrieval;

import java.util.List;
import java.util.function.IntFunction;

/**
 * Item vectors to be searched by inner product, {@code score(item) = dot(query, vector(item))}, or by angle
 * ({@link Similarity}).
 *
 * <p>Answers hold at most {@code k} items, best first, equal scores by item index; a {@code k} beyond the
 * number of items asks for all that the filter lets pass. An approximate index may miss items, but what it
 * returns is scored, ordered and filtered exactly.
 *
 * <p>Every implementation is safe for many threads. {@link #close()} waits for queries that are under way, and
 * is harmless when repeated; a closed index refuses queries with {@link IllegalStateException}.
 */
public interface ItemIndex extends AutoCloseable {

    /**
     * Chooses an index by the size of the vectors, with {@link AutoIndexOptions#defaults()}, and builds it. Why it was chosen is
     * logged, and {@link AutoIndex#reason()} says it.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     */
    static AutoIndex auto(float[] vectors, int dim, Similarity similarity) {
        return AutoIndex.of(vectors, dim, similarity, AutoIndexOptions.defaults());
    }

    /** {@return how many items there are, at least 1} */
    int size();

    /** {@return the width of item vectors and queries, at least 1} */
    int dim();

    /** {@return how queries are compared with items; the inner product unless the index says otherwise} */
    default Similarity similarity() {
        return Similarity.INNER_PRODUCT;
    }

    /**
     * Finds the best items among all.
     *
     * @param query shape {@code [dim]}, finite
     * @param k how many items, at least 1
     * @return the best items
     * @throws IllegalArgumentException if the query is of another width or not finite, or {@code k} is below 1
     * @throws IllegalStateException if the index is closed
     */
    default RankedItems topK(float[] query, int k) {
        return topK(query, k, ItemFilter.none());
    }

    /**
     * Finds the best items that a filter lets pass.
     *
     * @param query shape {@code [dim]}, finite
     * @param k how many items, at least 1
     * @param filter which items may be returned
     * @return the best items
     * @throws IllegalArgumentException if the query is of another width or not finite, {@code k} is below 1, or
     *     the filter speaks of an item that is not there
     * @throws IllegalStateException if the index is closed
     */
    RankedItems topK(float[] query, int k, ItemFilter filter);

    /**
     * Answers many queries at once.
     *
     * @param queries shape {@code [queries, dim]}, row-major, finite
     * @param k how many items for each, at least 1
     * @param filters the filter of each query by its row; may be called from several threads
     * @return one ranking per query, in their order
     * @throws IllegalArgumentException if the queries are of another width or not finite, {@code k} is below 1,
     *     or a filter speaks of an item that is not there
     * @throws IllegalStateException if the index is closed
     */
    List<RankedItems> topKBatch(float[] queries, int k, IntFunction<ItemFilter> filters);

    /** Releases the vectors; waits for queries that are under way. */
    @Override
    void close();
}
