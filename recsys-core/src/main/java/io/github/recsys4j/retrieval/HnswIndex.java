package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.retrieval.IndexHeader.Links;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hierarchical navigable small-world graph (Malkov and Yashunin 2018): a search follows links towards the query and looks at
 * a few hundred of the items, so it may miss some.
 *
 * <p>The graph is walked over 7-bit codes ({@link CodeKernel}); what the walk found is ranked by the vectors themselves, so
 * scores are exact. Links, codes and vectors lie in flat arrays, an item's links and codes each in two or three cache lines.
 *
 * <p><b>Inner product.</b> A graph needs a distance between items, and the inner product is none: every item would link to the
 * longest ones. Vectors of different lengths are therefore linked as if they had one more coordinate that makes them equally
 * long ({@link Lift}); queries have 0 there, so the order of answers is that of the plain inner product.
 *
 * <p><b>Filters.</b> The walk goes through items that do not pass and returns those that do. Where few pass, they are looked at
 * one by one instead, so a filter that leaves three items returns these three.
 *
 * <p><b>Changes.</b> Removed items stay in the graph as way-marks. When they are a fifth of it, it is built again without
 * them, in the background, and swapped in. The room of their vectors is freed by {@link #save} and building anew only.
 *
 * <p><b>Check.</b> After building, the index looks for some of its own vectors. If it finds less than
 * {@link HnswOptions#minRecall()} of what an exact search finds, it widens its searches up to 1024, with a warning; if that
 * does not help it looks at every vector, with a warning ({@link #isExhaustive()}).
 *
 * <p>The same vectors, options and changes one after another give the same graph with any number of threads.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class HnswIndex extends CodedIndex {
    private static final Logger LOG = LoggerFactory.getLogger(HnswIndex.class);

    /** Items that are linked at a time when the whole graph is built. */
    private static final int BUILD_BATCH = 8192;

    /** Items that are linked at a time when some are added: they do not find each other within a batch. */
    private static final int ADD_BATCH = 1;

    /** The removed share of linked items from which on the graph is built again. */
    private static final double WORN = 0.2;

    private final HnswOptions options;
    private final Rebuild rebuild = new Rebuild(this::rebuildNow);
    private GraphBuilder graph;
    private volatile int width;
    private volatile boolean exhaustive;
    private volatile boolean closing;

    private HnswIndex(HnswOptions options, CodedItems items, GraphBuilder graph) {
        super(items);
        this.options = options;
        this.graph = graph;
        width = options.searchWidth();
    }

    /**
     * Builds an index on the calling thread's fork-join pool.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @param options how to build and search
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     */
    public static HnswIndex build(float[] vectors, int dim, Similarity similarity, HnswOptions options) {
        int size = Vectors.checkedRows("vectors", vectors, dim);
        checkArgument(size > 0, "vectors must hold at least one item, got none");
        CodedItems coded = CodedItems.of(vectors, dim, similarity);
        GraphBuilder graph = new GraphBuilder(options, size);
        graph.link(
                shuffled(IntStream.range(0, size).toArray(), options), size, BUILD_BATCH, coded.codes(), () -> false);
        HnswIndex index = new HnswIndex(options, coded.with(graph.view()), graph);
        index.check();
        return index;
    }

    /** Neighbours of one batch do not find each other, so neighbours should not come together. */
    private static int[] shuffled(int[] numbers, HnswOptions options) {
        Random random = new Random(options.seed());
        for (int last = numbers.length - 1; last > 0; last--) {
            int other = random.nextInt(last + 1);
            int swapped = numbers[last];
            numbers[last] = numbers[other];
            numbers[other] = swapped;
        }
        return numbers;
    }

    private void check() {
        if (options.minRecall() > 0) {
            RecallCheck check = RecallCheck.of(this, items(), width, options.minRecall(), options.seed());
            width = check.width();
            exhaustive = !check.passed();
        }
    }

    @Override
    int width() {
        return width;
    }

    /** {@return how it was built, and how it is searched unless {@link #searchWidth()} says otherwise} */
    public HnswOptions options() {
        return options;
    }

    /** {@return how many items a search keeps} */
    public int searchWidth() {
        return width;
    }

    /**
     * Changes how many items searches keep from now on.
     *
     * @param newWidth at least 1
     * @throws IllegalArgumentException if it is below 1
     */
    public void setSearchWidth(int newWidth) {
        checkArgument(newWidth >= 1, "searchWidth must be at least 1, got %s", newWidth);
        width = newWidth;
    }

    /** {@return whether it looks at every vector because it found too little otherwise} */
    @Override
    public boolean isExhaustive() {
        return exhaustive;
    }

    @Override
    public int add(float[] vectors) {
        Vectors.checkedRows("vectors", vectors, dim());
        return changing(() -> {
            int first = size();
            CodedItems longer = items().append(vectors);
            int[] added = IntStream.range(first, longer.size()).toArray();
            graph.link(added, longer.size(), ADD_BATCH, longer.codes(), () -> false);
            become(longer.with(graph.view()));
            return first;
        });
    }

    @Override
    void afterRemoval() {
        if (isWorn()) {
            rebuild.start();
        }
    }

    private boolean isWorn() {
        int alive = items().numAlive();
        return graph.linked() - alive > WORN * graph.linked();
    }

    /** Builds the graph again without the items that are removed, while it is searched and changed, and swaps it in. */
    private void rebuildNow() {
        CodedItems before = items();
        GraphBuilder fresh = new GraphBuilder(options, before.size());
        int[] alive = shuffled(before.alive(0), options);
        fresh.link(alive, before.size(), BUILD_BATCH, before.codes(), () -> closing);
        keepingChangesOut(() -> {
            CodedItems now = items();
            fresh.link(now.alive(before.size()), now.size(), ADD_BATCH, now.codes(), () -> closing);
            if (!closing) {
                graph = fresh;
                become(now.with(fresh.view()));
                LOG.info("A graph of {} items was built again without {} removed", fresh.linked(), now.numRemoved());
            }
            return now;
        });
    }

    /** How many items the graph links, removed ones included. */
    int linked() {
        return graph.linked();
    }

    /**
     * Writes the index into one file, beside it first, so that a crash leaves the old file or the new one. Changes wait meanwhile.
     *
     * @param file where to
     * @throws ArtifactException if it cannot be written
     */
    public void save(Path file) {
        changing(() -> {
            GraphView view = graph.view();
            Links links = new Links(view.entry(), view.top(), graph.linked(), options);
            IndexWriter.write(file, items(), IndexWriter.Searching.graph(width, exhaustive, links));
            return file;
        });
    }

    /**
     * Opens an index that {@link #save} wrote. Links and codes are read, vectors are mapped into memory: their pages come when
     * they are needed, and processes share them. The file must not be changed while the index is in use; saving another
     * one over it is no change.
     *
     * @param file an index
     * @return the index; whoever asked for it closes it
     * @throws ArtifactException if the file is missing, cut short, altered or of another version
     */
    public static HnswIndex load(Path file) {
        IndexReader.Opened opened = IndexReader.read(file);
        if (opened.numbers().graph().isEmpty()) {
            throw new ArtifactException("Index file " + file
                    + " holds no graph: open it as a CompactIndex, or build an HnswIndex from the vectors");
        }
        Links links = opened.numbers().graph().get(0);
        GraphView view = opened.items().graph().orElseThrow();
        HnswIndex index =
                new HnswIndex(links.options(), opened.items(), new GraphBuilder(links.options(), view, links.linked()));
        index.width = opened.numbers().width();
        index.exhaustive = opened.numbers().exhaustive();
        return index;
    }

    @Override
    public void close() {
        closing = true;
        super.close();
        rebuild.await();
    }

    @Override
    public String toString() {
        return "HnswIndex[" + size() + " items, " + numRemoved() + " removed, dim " + dim() + ", " + similarity() + ", "
                + options + ", searchWidth " + width + (exhaustive ? ", looking at every vector]" : "]");
    }
}
