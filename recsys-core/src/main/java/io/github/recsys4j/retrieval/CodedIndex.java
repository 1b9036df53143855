package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What the indexes that search by codes have in common: their items and the removal of some, checks, threads, closing. */
abstract class CodedIndex implements LiveIndex {
    private final Queue<CodedSearch> searches = new ConcurrentLinkedQueue<>();
    private final Lifetime life = new Lifetime("index");
    private final Lock changes = new ReentrantLock();

    private volatile CodedItems items;

    CodedIndex(CodedItems items) {
        this.items = items;
    }

    /** What is searched now. */
    final CodedItems items() {
        return items;
    }

    /** Gives searches other items from now on; done while nothing else changes. */
    final void become(CodedItems others) {
        items = others;
    }

    /** Done while nothing else changes, after items were removed. */
    void afterRemoval() {}

    /** How many items a search keeps on its way. */
    abstract int width();

    /** Whether every vector is looked at. */
    abstract boolean isExhaustive();

    @Override
    public final int size() {
        return items().size();
    }

    @Override
    public final int dim() {
        return items().dim();
    }

    @Override
    public final Similarity similarity() {
        return items().similarity();
    }

    @Override
    public final int numRemoved() {
        return items.numRemoved();
    }

    @Override
    public final void remove(int... removed) {
        changing(() -> {
            items.checkWithin(removed);
            become(items.without(removed));
            afterRemoval();
            return items;
        });
    }

    @Override
    public final RankedItems topK(float[] query, int k, ItemFilter filter) {
        checkArgument(query.length == dim(), "query must hold dim = %s floats, got %s", dim(), query.length);
        return topKBatch(query, k, row -> filter).get(0);
    }

    @Override
    public final List<RankedItems> topKBatch(float[] queries, int k, IntFunction<ItemFilter> filters) {
        checkArgument(k >= 1, "k must be at least 1, got %s: ask for one item or more", k);
        int rows = Vectors.checkedRows("queries", queries, dim());
        return whileOpen(() -> {
            CodedItems now = items();
            RankedItems[] answers = new RankedItems[rows];
            Parallel.forEach(rows, row -> {
                float[] query = Arrays.copyOfRange(queries, row * now.dim(), (row + 1) * now.dim());
                answers[row] = search(now, now.prepared(query), k, filters.apply(row), width(), isExhaustive());
            });
            return Arrays.asList(answers);
        });
    }

    /** Does what needs an open index; {@link #close()} waits for it. */
    final <T> T whileOpen(Supplier<T> work) {
        return life.during(work);
    }

    /** Does what changes an open index, one change at a time. */
    final <T> T changing(Supplier<T> change) {
        return whileOpen(() -> keepingChangesOut(change));
    }

    /** Does something while nothing changes. */
    final <T> T keepingChangesOut(Supplier<T> work) {
        changes.lock();
        try {
            return work.get();
        } finally {
            changes.unlock();
        }
    }

    final RankedItems search(CodedItems now, float[] query, int k, ItemFilter filter, int width, boolean exactly) {
        CodedSearch free = searches.poll();
        CodedSearch search = free != null ? free : new CodedSearch();
        try {
            return search.topK(now, query, k, filter, width, exactly);
        } finally {
            searches.add(search);
        }
    }

    /**
     * Measures which share of the items that an exact search finds this index finds.
     *
     * @param queries shape {@code [queries, dim]}, row-major, finite, at least one; such as users will bring
     * @param k how many items each, at least 1
     * @return the mean share, in [0, 1]
     * @throws IllegalArgumentException if the queries are of another width or not finite, or there is none
     */
    public final double recall(float[] queries, int k) {
        int rows = Vectors.checkedRows("queries", queries, dim());
        checkArgument(rows > 0, "queries must hold at least one row, got none");
        return whileOpen(() -> recall(items(), queries, k, width()));
    }

    final double recall(CodedItems now, float[] queries, int k, int width) {
        double[] shares = new double[queries.length / now.dim()];
        Parallel.forEach(shares.length, row -> {
            float[] query = now.prepared(Arrays.copyOfRange(queries, row * now.dim(), (row + 1) * now.dim()));
            int[] wanted = search(now, query, k, ItemFilter.none(), width, true).items();
            int[] found = search(now, query, k, ItemFilter.none(), width, false).items();
            Arrays.sort(found);
            shares[row] = IntStream.of(wanted)
                            .filter(item -> Arrays.binarySearch(found, item) >= 0)
                            .count()
                    / (double) Math.max(1, wanted.length);
        });
        return Arrays.stream(shares).average().orElse(1);
    }

    @Override
    public void close() {
        life.end(searches::clear);
    }
}
