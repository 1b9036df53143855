package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores all items for many queries and answers from the same scores which items are the best and where wanted items
 * stand among all, as an evaluation needs it.
 *
 * <p>A thread multiplies a block of up to {@value #BLOCK} queries by a tile of up to {@value #TILE} items (ND4J's
 * product, OpenBLAS), searches those scores by {@link TopK} while they are in the processor's cache, and goes on to the
 * next tile. A block of few queries would be slow: the product packs the items anew for each. Ranks are counted, not
 * sorted: one more than the items with a higher score, or the same score and a lower index. That needs the wanted
 * item's own score first, so then a tile holds all items and a block holds fewer queries. The answer does not depend
 * on the number of threads.
 *
 * <p>Memory, whatever the number of queries: {@code 4 * items * dim} bytes for the vectors, and for each thread of the
 * caller's fork-join pool at most {@code 4 * 256 * (4096 + dim)} bytes; with ranks at most
 * {@code max(2^25, 64 * items) + 1024 * dim}, all outside the Java heap, and one row of a tile inside it. Thread-safety:
 * safe for many threads.
 */
public final class FullRanking implements AutoCloseable {
    static final int TILE = 4096;
    static final int BLOCK = 256;
    private static final int MIN_BLOCK = 16;

    /** Scores in one block where all items are in one tile. */
    private static final int WHOLE_SCORES = 1 << 23;

    /** Blocks that even few queries are divided into, so that several threads have work. */
    private static final int SHARES = 8;

    private final int size;
    private final int dim;
    private final INDArray vectors;
    private final Queue<ScoreTile> narrow = new ConcurrentLinkedQueue<>();
    private final Queue<ScoreTile> whole = new ConcurrentLinkedQueue<>();
    private final Lifetime life = new Lifetime("ranking");

    private FullRanking(float[] vectors, int size, int dim) {
        NativeMath.start();
        this.size = size;
        this.dim = dim;
        this.vectors = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', size, dim);
        this.vectors.data().asNioFloat().put(0, vectors, 0, vectors.length);
    }

    /**
     * Copies item vectors.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @return the ranking; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     */
    public static FullRanking of(float[] vectors, int dim) {
        int size = Vectors.checkedRows("vectors", vectors, dim);
        checkArgument(size > 0, "vectors must hold at least one item, got none");
        return new FullRanking(vectors, size, dim);
    }

    /** Takes the answers, from several threads at once and in no order. */
    @FunctionalInterface
    public interface Answers {

        /**
         * Takes the answer to one query.
         *
         * @param row the query's number
         * @param best the best items
         * @param ranks of the wanted items
         */
        void accept(int row, RankedItems best, WantedRanks ranks);
    }

    /**
     * Finds the best items for each query.
     *
     * @param queries shape {@code [queries, dim]}, row-major, finite
     * @param k how many items, at least 1; fewer where fewer pass the filter
     * @param filters the filter of each query, by row; asked from several threads
     * @param answers takes each query's items, with no ranks
     * @throws IllegalArgumentException if {@code k} is below 1, the queries have another width or are not finite, or a
     *     score is not finite
     * @throws IllegalStateException if the ranking is closed
     */
    public void best(float[] queries, int k, IntFunction<ItemFilter> filters, Answers answers) {
        answer(queries, new Search(k, filters, row -> RowSearch.NOTHING, answers), Math.min(TILE, size), BLOCK, narrow);
    }

    /**
     * Finds the best items for each query, and the ranks of wanted ones among all that pass its filter.
     *
     * @param queries shape {@code [queries, dim]}, row-major, finite
     * @param k how many items, at least 1; fewer where fewer pass the filter
     * @param filters the filter of each query, by row; asked from several threads
     * @param wanted the distinct items whose ranks are asked for, by row; asked from several threads
     * @param answers takes each query's items and ranks
     * @throws IllegalArgumentException if {@code k} is below 1, the queries have another width or are not finite, or a
     *     score is not finite
     * @throws IllegalStateException if the ranking is closed
     */
    public void ranks(
            float[] queries, int k, IntFunction<ItemFilter> filters, IntFunction<int[]> wanted, Answers answers) {
        int block = Math.max(MIN_BLOCK, Math.min(BLOCK, WHOLE_SCORES / size));
        answer(queries, new Search(k, filters, wanted, answers), size, block, whole);
    }

    private record Search(int k, IntFunction<ItemFilter> filters, IntFunction<int[]> wanted, Answers answers) {
        RowSearch row(int row, int size) {
            ItemFilter filter = filters.apply(row);
            filter.checkWithin(size);
            return new RowSearch(filter, Math.min(k, size), wanted.apply(row));
        }
    }

    private void answer(float[] queries, Search search, int tile, int block, Queue<ScoreTile> pool) {
        checkArgument(search.k >= 1, "k must be at least 1, got %s: ask for one item or more", search.k);
        int rows = Vectors.checkedRows("queries", queries, dim);
        int step = Math.max(MIN_BLOCK, Math.min(block, rows / SHARES));
        life.during(() -> {
            BlasThreads.onCallers(() -> Parallel.forEach((rows + step - 1) / step, number -> {
                ScoreTile pooled = pool.poll();
                ScoreTile room = pooled != null ? pooled : new ScoreTile(vectors, tile, block);
                try {
                    int first = number * step;
                    answer(room.load(queries, first, Math.min(step, rows - first)), first, search);
                } finally {
                    pool.add(room);
                }
            }));
            return rows;
        });
    }

    private void answer(ScoreTile tile, int first, Search search) {
        RowSearch[] rows = new RowSearch[tile.count()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = search.row(first + row, size);
        }
        for (int item = 0; item < size; item += tile.width()) {
            tile.multiply(item);
            for (int row = 0; row < rows.length; row++) {
                rows[row].offer(tile, row);
            }
        }
        for (int row = 0; row < rows.length; row++) {
            search.answers.accept(first + row, rows[row].best(), rows[row].ranks(size));
        }
    }

    @Override
    public void close() {
        life.end(() -> {
            narrow.forEach(ScoreTile::close);
            whole.forEach(ScoreTile::close);
            vectors.close();
        });
    }
}
