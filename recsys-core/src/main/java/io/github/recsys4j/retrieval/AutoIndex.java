package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An index that was chosen by the size of the vectors, and says why:
 *
 * <ul>
 *   <li>{@link ExactIndex} while an exact search answers within about two milliseconds;
 *   <li>above that {@link HnswIndex}, whose answer takes less than a tenth of a millisecond, as long as vectors, codes and links fit
 *       the memory allowed;
 *   <li>else {@link CompactIndex}, if it was told a file for the vectors.
 * </ul>
 *
 * <p>Both approximate ones look whether they find what an exact search finds. If a graph does not, the exact index takes its place,
 * with a warning.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class AutoIndex implements ItemIndex {
    private static final Logger LOG = LoggerFactory.getLogger(AutoIndex.class);

    private final ItemIndex chosen;
    private final String reason;

    private AutoIndex(ItemIndex chosen, String reason) {
        this.chosen = chosen;
        this.reason = reason;
        LOG.info("{}: {}", chosen, reason);
    }

    /**
     * Chooses an index and builds it.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @param options where the limits are
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     * @throws io.github.recsys4j.ArtifactException if the vectors belong into a file and it cannot be written
     */
    public static AutoIndex of(float[] vectors, int dim, Similarity similarity, AutoIndexOptions options) {
        int items = Vectors.checkedRows("vectors", vectors, dim);
        checkArgument(items > 0, "vectors must hold at least one item, got none");
        long exact = (long) vectors.length * Float.BYTES;
        if (exact <= options.exactBytes()) {
            return exact(
                    vectors,
                    dim,
                    similarity,
                    items + " vectors take " + mib(exact) + ", at most exactBytes = " + mib(options.exactBytes())
                            + ": an exact search is fast enough");
        }
        long graph = exact
                + exact / Float.BYTES
                + items * Math.multiplyExact(2L * Integer.BYTES, options.graph().links());
        if (graph <= options.memoryBytes()) {
            return graph(
                    vectors,
                    dim,
                    similarity,
                    options,
                    items + " vectors take " + mib(exact) + ", more than exactBytes = "
                            + mib(options.exactBytes()) + ", and " + mib(graph)
                            + " with codes and links, at most memoryBytes = "
                            + mib(options.memoryBytes()));
        }
        String outgrown = items + " vectors with codes and links take " + mib(graph) + ", more than memoryBytes = "
                + mib(options.memoryBytes());
        return options.file()
                .map(file -> new AutoIndex(
                        CompactIndex.build(file, vectors, dim, similarity),
                        outgrown + ": codes stay in memory, vectors in " + file))
                .orElseGet(() -> exact(
                        vectors,
                        dim,
                        similarity,
                        outgrown + ", and no file was named for a compact index: the vectors alone take "
                                + mib(exact)));
    }

    private static AutoIndex exact(float[] vectors, int dim, Similarity similarity, String reason) {
        return new AutoIndex(ExactIndex.of(vectors, dim, similarity), reason);
    }

    private static AutoIndex graph(
            float[] vectors, int dim, Similarity similarity, AutoIndexOptions options, String reason) {
        HnswIndex index = HnswIndex.build(vectors, dim, similarity, options.graph());
        if (!index.isExhaustive()) {
            return new AutoIndex(index, reason);
        }
        index.close();
        return exact(
                vectors,
                dim,
                similarity,
                "a graph found less than minRecall = " + options.graph().minRecall()
                        + " of what an exact search finds: all items are looked at, which is slow");
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    /** {@return the index that was chosen} */
    public ItemIndex chosen() {
        return chosen;
    }

    /** {@return why it was chosen, with the numbers that decided} */
    public String reason() {
        return reason;
    }

    @Override
    public int size() {
        return chosen.size();
    }

    @Override
    public int dim() {
        return chosen.dim();
    }

    @Override
    public Similarity similarity() {
        return chosen.similarity();
    }

    @Override
    public RankedItems topK(float[] query, int k, ItemFilter filter) {
        return chosen.topK(query, k, filter);
    }

    @Override
    public List<RankedItems> topKBatch(float[] queries, int k, IntFunction<ItemFilter> filters) {
        return chosen.topKBatch(queries, k, filters);
    }

    @Override
    public void close() {
        chosen.close();
    }

    @Override
    public String toString() {
        return "AutoIndex[" + chosen + ", because " + reason + "]";
    }
}
