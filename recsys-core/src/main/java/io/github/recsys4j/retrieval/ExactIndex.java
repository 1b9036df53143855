package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores every item, so it misses none.
 *
 * <p>One query is bound by reading the vectors once; many are a matrix product. Both are OpenBLAS's on vectors that ND4J holds,
 * taken in tiles ({@link Tiling}): scores are filtered and searched by {@link TopK} while they are in the processor's cache. A
 * filter that names few candidates has only these multiplied.
 *
 * <p>A single query runs on the calling thread alone and touches no setting of the process, so several callers do not disturb each
 * other. Blocks of a batch are searched on the calling thread's fork-join pool; while a large one runs OpenBLAS is kept on
 * those threads. The answer does not depend on the number of threads. A batch and a single query sum in different orders, so their
 * scores agree to about {@code 1e-6 * dim} of the largest product, not to the last bit.
 *
 * <p>Memory: the vectors, and a megabyte for each thread that searches, outside the Java heap. Thread-safety: safe for many
 * threads.
 */
public final class ExactIndex implements ItemIndex {
    /** Candidates that are fewer than one in so many items are multiplied one by one. */
    private static final int SPARSE = 64;

    private final int size;
    private final int dim;
    private final Similarity similarity;
    private final INDArray vectors;
    private final FloatPointer pointer;
    private final FloatBuffer buffer;
    private final Queue<Scratch> singles = new ConcurrentLinkedQueue<>();
    private final Queue<Scratch> batches = new ConcurrentLinkedQueue<>();
    private final Lifetime life = new Lifetime("index");

    private ExactIndex(float[] rows, int size, int dim, Similarity similarity) {
        this.size = size;
        this.dim = dim;
        this.similarity = similarity;
        NativeMath.start();
        vectors = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', (long) size, dim);
        pointer = new FloatPointer(vectors.data().addressPointer());
        buffer = vectors.data().asNioFloat();
        buffer.put(0, rows, 0, rows.length);
    }

    /**
     * Copies item vectors into an index by inner product.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     */
    public static ExactIndex of(float[] vectors, int dim) {
        return of(vectors, dim, Similarity.INNER_PRODUCT);
    }

    /**
     * Copies item vectors into an index.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     */
    public static ExactIndex of(float[] vectors, int dim, Similarity similarity) {
        int size = Vectors.checkedRows("vectors", vectors, dim);
        checkArgument(size > 0, "vectors must hold at least one item, got none");
        return new ExactIndex(similarity.prepared(vectors, dim), size, dim, similarity);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int dim() {
        return dim;
    }

    @Override
    public Similarity similarity() {
        return similarity;
    }

    @Override
    public RankedItems topK(float[] query, int k, ItemFilter filter) {
        checkArgument(query.length == dim, "query must hold dim = %s floats, got %s", dim, query.length);
        return topKBatch(query, k, row -> filter).get(0);
    }

    @Override
    public List<RankedItems> topKBatch(float[] queries, int k, IntFunction<ItemFilter> filters) {
        checkArgument(k >= 1, "k must be at least 1, got %s: ask for one item or more", k);
        int rows = Vectors.checkedRows("queries", queries, dim);
        return life.during(() -> {
            float[] prepared = similarity.prepared(queries, dim);
            return Arrays.asList(new Batch(prepared, rows, Math.min(k, size), filters).answers());
        });
    }

    /** Some queries and their answers. */
    private final class Batch {
        private final float[] queries;
        private final int k;
        private final ItemFilter[] filters;
        private final RankedItems[] answers;

        Batch(float[] queries, int rows, int k, IntFunction<ItemFilter> filterOf) {
            this.queries = queries;
            this.k = k;
            filters = new ItemFilter[rows];
            answers = new RankedItems[rows];
            Parallel.forEach(rows, row -> {
                filters[row] = filterOf.apply(row);
                filters[row].checkWithin(size);
            });
        }

        RankedItems[] answers() {
            int[] sparse = rows(true);
            Parallel.forEach(sparse.length, place -> answers[sparse[place]] = multiplyFew(sparse[place]));
            int[] dense = rows(false);
            if (dense.length > 0) {
                Tiling tiling = Tiling.of(dense.length, size, dim);
                BlasThreads.onCallersIf(tiling.owning(), () -> multiply(dense, tiling));
            }
            return answers;
        }

        private int[] rows(boolean few) {
            return IntStream.range(0, filters.length)
                    .filter(row -> isSparse(filters[row]) == few)
                    .toArray();
        }

        private RankedItems multiplyFew(int row) {
            float[] query = Arrays.copyOfRange(queries, row * dim, (row + 1) * dim);
            float[] room = new float[dim];
            TopK top = new TopK(k);
            filters[row].allowed(size).stream().forEach(item -> {
                buffer.get(item * dim, room, 0, dim);
                top.offer(item, Dots.dot(query, room));
            });
            return top.drain();
        }

        private void multiply(int[] rows, Tiling tiling) {
            int ranges = tiling.ranges(size);
            RankedItems[][] parts = new RankedItems[ranges][rows.length];
            Parallel.forEach(
                    tiling.blocks(rows.length) * ranges,
                    part -> search(part / ranges, part % ranges, rows, tiling, parts));
            Parallel.forEach(rows.length, place -> answers[rows[place]] = merged(parts, place));
        }

        private void search(int block, int range, int[] rows, Tiling tiling, RankedItems[][] parts) {
            int from = range * tiling.range();
            int to = Math.min(size, from + tiling.range());
            int first = block * tiling.queries();
            int count = Math.min(tiling.queries(), rows.length - first);
            Scratch scratch = scratch(tiling);
            try {
                Selection[] selections = new Selection[count];
                for (int place = 0; place < count; place++) {
                    int row = rows[first + place];
                    scratch.query(place, queries, row);
                    selections[place] = new Selection(filters[row], Math.min(k, to - from), size > tiling.panel());
                }
                scratch.search(from, to, selections, tiling);
                for (int place = 0; place < count; place++) {
                    parts[range][first + place] = selections[place].best();
                }
            } finally {
                pool(tiling).add(scratch);
            }
        }

        private RankedItems merged(RankedItems[][] parts, int place) {
            if (parts.length == 1) {
                return parts[0][place];
            }
            TopK top = new TopK(k);
            for (RankedItems[] part : parts) {
                for (int i = 0; i < part[place].size(); i++) {
                    top.offer(part[place].item(i), part[place].score(i));
                }
            }
            return top.drain();
        }
    }

    private boolean isSparse(ItemFilter filter) {
        return filter.candidates()
                .map(items -> (long) items.length * SPARSE <= size)
                .orElse(false);
    }

    private Queue<Scratch> pool(Tiling tiling) {
        return tiling.queries() == 1 ? singles : batches;
    }

    private Scratch scratch(Tiling tiling) {
        Scratch free = pool(tiling).poll();
        return free != null ? free : new Scratch(pointer, dim, tiling.capacity());
    }

    @Override
    public void close() {
        life.end(() -> {
            singles.forEach(Scratch::close);
            batches.forEach(Scratch::close);
            vectors.close();
        });
    }

    @Override
    public String toString() {
        return "ExactIndex[" + size + " items, dim " + dim + ", " + similarity + "]";
    }
}
