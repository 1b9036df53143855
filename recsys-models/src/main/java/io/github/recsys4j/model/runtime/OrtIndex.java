package io.github.recsys4j.model.runtime;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.model.export.SearchExporter;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.Similarity;
import io.github.recsys4j.retrieval.TopK;
import io.github.recsys4j.retrieval.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Scores every item in ONNX Runtime, on the CPU or on CUDA: one matrix product and one selection of the largest ({@link SearchExporter}).
 * On the CPU {@link ExactIndex} is faster for one query; this one is for a device that holds the vectors.
 *
 * <p>Excluded items are fetched beside the others and dropped. Of a filter that names or marks items, the others are masked
 * before the selection, so it is right for any share of items that pass. Devices do not agree which of equal scores to select, so more are
 * fetched until a lower score ends the ties, and equal scores go by item index as everywhere.
 *
 * <p>Memory: the vectors on the device, up to 2 GiB of them, and {@value #BLOCK_SCORES} scores for each thread that searches.
 * Thread-safety: safe for many threads.
 */
public final class OrtIndex implements ItemIndex {
    private static final int BLOCK_SCORES = 1 << 25;
    private static final int MAX_BLOCK = 256;
    private static final int MAX_FLOATS = Integer.MAX_VALUE / Float.BYTES - (1 << 20);
    private static final float[] NO_MASK = {0};

    private final int size;
    private final int dim;
    private final Similarity similarity;
    private final OrtModel model;
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private OrtIndex(int size, int dim, Similarity similarity, OrtModel model) {
        this.size = size;
        this.dim = dim;
        this.similarity = similarity;
        this.model = model;
    }

    /**
     * Copies item vectors to a device.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row, less than 2 GiB
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @param options where and how it runs
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item or too many, the last row is not whole, or a value is not finite
     * @throws io.github.recsys4j.InferenceException if the device is not there or cannot hold the vectors
     */
    public static OrtIndex of(float[] vectors, int dim, Similarity similarity, OrtOptions options) {
        int size = Vectors.checkedRows("vectors", vectors, dim);
        checkArgument(size > 0, "vectors must hold at least one item, got none");
        checkArgument(
                vectors.length <= MAX_FLOATS,
                "vectors must hold at most %s floats to fit one ONNX file, got %s: use an ExactIndex",
                MAX_FLOATS,
                vectors.length);
        float[] kept = similarity.prepared(vectors, dim);
        OrtModel model = OrtModel.of("search of " + size + " items", SearchExporter.export(kept, dim), options);
        return new OrtIndex(size, dim, similarity, model);
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

    /** {@return where it runs, with {@link Device#auto()} decided} */
    public Device device() {
        return model.device();
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
        life.readLock().lock();
        try {
            checkState(!closed, "index is closed: open another one before asking");
            float[] prepared = similarity.prepared(queries, dim);
            int block = Math.max(1, Math.min(MAX_BLOCK, BLOCK_SCORES / size));
            List<RankedItems> answers = new ArrayList<>();
            for (int first = 0; first < rows; first += block) {
                int count = Math.min(block, rows - first);
                float[] some = Arrays.copyOfRange(prepared, first * dim, (first + count) * dim);
                answers.addAll(search(some, Math.min(k, size), allowed(filters, first, count)));
            }
            return answers;
        } finally {
            life.readLock().unlock();
        }
    }

    private List<BitSet> allowed(IntFunction<ItemFilter> filters, int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(row -> filters.apply(row).allowed(size))
                .toList();
    }

    /** Those with few excluded items go together, each of the others with a mask of its own. */
    private List<RankedItems> search(float[] queries, int k, List<BitSet> allowed) {
        RankedItems[] answers = new RankedItems[allowed.size()];
        int[] open = IntStream.range(0, answers.length)
                .filter(row -> size - allowed.get(row).cardinality() <= Math.max(k, size / 64))
                .toArray();
        if (open.length > 0) {
            int most = IntStream.of(open)
                    .map(row -> size - allowed.get(row).cardinality())
                    .max()
                    .orElse(0);
            Search search = new Search(rows(queries, open), NO_MASK, k);
            List<BitSet> passing = IntStream.of(open).mapToObj(allowed::get).toList();
            List<RankedItems> found = search.fetch(Math.min((long) k + most + 1, size), passing);
            IntStream.range(0, open.length).forEach(place -> answers[open[place]] = found.get(place));
        }
        for (int row = 0; row < answers.length; row++) {
            if (answers[row] == null) {
                answers[row] = masked(rows(queries, row), k, allowed.get(row));
            }
        }
        return Arrays.asList(answers);
    }

    private RankedItems masked(float[] query, int k, BitSet passing) {
        float[] mask = new float[size];
        Arrays.fill(mask, TopK.NEVER);
        passing.stream().forEach(item -> mask[item] = 0);
        return new Search(query, mask, k)
                .fetch(Math.min(k + 1L, size), List.of(passing))
                .get(0);
    }

    private float[] rows(float[] queries, int... rows) {
        float[] some = new float[rows.length * dim];
        for (int place = 0; place < rows.length; place++) {
            System.arraycopy(queries, rows[place] * dim, some, place * dim, dim);
        }
        return some;
    }

    /** Some queries with one mask. */
    private final class Search {
        private final float[] queries;
        private final float[] mask;
        private final int k;

        Search(float[] queries, float[] mask, int k) {
            this.queries = queries;
            this.mask = mask;
            this.k = k;
        }

        List<RankedItems> fetch(long count, List<BitSet> passing) {
            Map<String, OrtTensor> inputs = Map.of(
                    SearchExporter.QUERIES, OrtTensor.floats(queries, passing.size(), dim),
                    SearchExporter.MASK, OrtTensor.floats(mask, 1, mask.length),
                    SearchExporter.COUNT, OrtTensor.longs(new long[] {count}, 1));
            List<OrtTensor> outputs = model.run(inputs, List.of(SearchExporter.SCORES, SearchExporter.ITEMS));
            float[] scores = outputs.get(0).floats();
            long[] items = outputs.get(1).longs();
            List<RankedItems> found = new ArrayList<>();
            for (int row = 0; row < passing.size(); row++) {
                int from = row * (int) count;
                RankedItems best = best(items, scores, from, from + (int) count, passing.get(row));
                if (count < size && isTied(best, scores[from + (int) count - 1])) {
                    return fetch(Math.min(2 * count, size), passing);
                }
                found.add(best);
            }
            return found;
        }

        private RankedItems best(long[] items, float[] scores, int from, int to, BitSet passing) {
            TopK best = new TopK(k);
            for (int place = from; place < to; place++) {
                if (passing.get((int) items[place])) {
                    best.offer((int) items[place], scores[place]);
                }
            }
            return best.drain();
        }

        /** Whether an item that was not fetched may have the last score that is wanted. */
        private boolean isTied(RankedItems best, float last) {
            return last > TopK.NEVER && (best.size() < k || best.score(k - 1) <= last);
        }
    }

    @Override
    public void close() {
        life.writeLock().lock();
        try {
            closed = true;
            model.close();
        } finally {
            life.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "OrtIndex[" + size + " items, dim " + dim + ", " + similarity + ", " + device() + "]";
    }
}
