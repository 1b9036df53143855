package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Scores every item, so it misses none.
 *
 * <p>One query is bound by reading the vectors once; many are a matrix product, written query by query into a
 * column-major result so that each query's scores lie together. Each thread takes a block of queries, multiplies it,
 * and filters and searches its scores by {@link TopK} while they are in the processor's cache. Both products are
 * ND4J's (OpenBLAS); its own top-k operation is a hundred times slower than the heap.
 *
 * <p>Blocks of a batch are searched on the calling thread's fork-join pool; while a large one runs OpenBLAS is kept on
 * those threads. The answer does not depend on the number of threads. A batch and a single query sum in different orders, so their scores agree to about
 * {@code 1e-6 * dim} of the largest product, not to the last bit.
 *
 * <p>Memory: the vectors and a few blocks of scores, outside the Java heap. Thread-safety: safe for many
 * threads.
 */
public final class ExactIndex implements ItemIndex {
    /** Scores in one block of a batch, about what a core's second-level cache holds. */
    private static final int BLOCK_SCORES = 1 << 19;

    private static final int MAX_BLOCK = 256;
    private static final int MIN_BLOCK = 16;

    /** Blocks that even a small batch is divided into, so that several threads have work. */
    private static final int SHARES = 8;

    /** Multiplications from which on a batch is worth a millisecond for keeping OpenBLAS on our threads. */
    private static final long LARGE = 1L << 28;

    private final int size;
    private final int dim;
    private final int block;
    private final INDArray vectors;
    private final Queue<Scratch> singles = new ConcurrentLinkedQueue<>();
    private final Queue<Scratch> batches = new ConcurrentLinkedQueue<>();
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private ExactIndex(float[] vectors, int size, int dim) {
        this.size = size;
        this.dim = dim;
        block = Math.max(MIN_BLOCK, Math.min(MAX_BLOCK, BLOCK_SCORES / size));
        this.vectors = matrix('c', size, dim);
        this.vectors.data().asNioFloat().put(0, vectors, 0, vectors.length);
    }

    private static INDArray matrix(char order, long rows, long columns) {
        NativeMath.start();
        return Nd4j.createUninitializedDetached(DataType.FLOAT, order, rows, columns);
    }

    /**
     * Copies item vectors into an index.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     */
    public static ExactIndex of(float[] vectors, int dim) {
        int size = Vectors.checkedRows("vectors", vectors, dim);
        checkArgument(size > 0, "vectors must hold at least one item, got none");
        return new ExactIndex(vectors, size, dim);
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
    public RankedItems topK(float[] query, int k, ItemFilter filter) {
        checkArgument(query.length == dim, "query must hold dim = %s floats, got %s", dim, query.length);
        return topKBatch(query, k, row -> filter).get(0);
    }

    @Override
    public List<RankedItems> topKBatch(float[] queries, int k, IntFunction<ItemFilter> filters) {
        checkArgument(k >= 1, "k must be at least 1, got %s: ask for one item or more", k);
        int rows = Vectors.checkedRows("queries", queries, dim);
        Lock use = life.readLock();
        use.lock();
        try {
            checkState(!closed, "index is closed: open another one before asking");
            RankedItems[] answers = new RankedItems[rows];
            Search search = new Search(Math.min(k, size), filters);
            if ((long) rows * size * dim < LARGE) {
                fill(answers, queries, search);
            } else {
                fillOnOwnThreads(answers, queries, search);
            }
            return Arrays.asList(answers);
        } finally {
            use.unlock();
        }
    }

    private record Search(int k, IntFunction<ItemFilter> filters) {}

    private void fillOnOwnThreads(RankedItems[] answers, float[] queries, Search search) {
        BlasThreads.enterSearch();
        try {
            fill(answers, queries, search);
        } finally {
            BlasThreads.leaveSearch();
        }
    }

    private void fill(RankedItems[] answers, float[] queries, Search search) {
        int rows = answers.length;
        int step = rows == 1 ? 1 : Math.max(MIN_BLOCK, Math.min(block, rows / SHARES));
        int blocks = (rows + step - 1) / step;
        @Nullable RuntimeException[] failures = new RuntimeException[blocks];
        IntStream numbers = IntStream.range(0, blocks);
        (blocks > 1 ? numbers.parallel() : numbers).forEach(number -> {
            try {
                int first = number * step;
                fill(answers, queries, first, Math.min(step, rows - first), search);
            } catch (RuntimeException e) {
                failures[number] = e;
            }
        });
        throwFirst(failures);
    }

    private void fill(RankedItems[] answers, float[] queries, int first, int count, Search search) {
        Queue<Scratch> pool = answers.length == 1 ? singles : batches;
        Scratch pooled = pool.poll();
        Scratch scratch = pooled != null ? pooled : new Scratch(size, dim, answers.length == 1 ? 1 : block);
        try {
            scratch.multiply(vectors, queries, first, count);
            for (int row = 0; row < count; row++) {
                answers[first + row] = select(scratch, row, search.filters.apply(first + row), search.k);
            }
        } finally {
            pool.add(scratch);
        }
    }

    private RankedItems select(Scratch scratch, int row, ItemFilter filter, int k) {
        filter.checkWithin(size);
        TopK top = new TopK(k);
        scratch.offer(row, filter, top);
        return top.drain();
    }

    /** Throws what one thread would have thrown: a fork-join pool would wrap it and hide its message. */
    private static void throwFirst(@Nullable RuntimeException[] failures) {
        for (RuntimeException failure : failures) {
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Override
    public void close() {
        Lock end = life.writeLock();
        end.lock();
        try {
            if (!closed) {
                closed = true;
                singles.forEach(Scratch::close);
                batches.forEach(Scratch::close);
                vectors.close();
            }
        } finally {
            end.unlock();
        }
    }
}
