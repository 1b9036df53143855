package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An inverted file (Jegou, Douze and Schmid, "Product quantization for nearest neighbor search", 2011): items are divided into
 * lists around centres ({@link SphericalKMeans}), and a search looks through the lists whose centres are nearest to the query, so
 * it may miss some.
 *
 * <p>It is built in about a tenth of the time of an {@link HnswIndex}, and taking in an item costs a look at the centres. A list is
 * looked through by 7-bit codes ({@link CodeKernel}) that lie side by side; the best are ranked by the vectors themselves, so
 * scores are exact.
 *
 * <p><b>Filters.</b> A search goes through as many lists as it takes to look at as many items that pass as it would look at
 * without a filter. Where that is all that pass, they are looked at one by one, so a filter that leaves three items returns
 * these three.
 *
 * <p><b>Changes.</b> Removed items stay in their lists. When they are a fifth of all, or when the index has become twice as large as
 * it was when its centres were learned, it is divided again in the background, and swapped in. The room of removed vectors is freed
 * by {@link #save} and building anew only.
 *
 * <p><b>Check.</b> After building, the index looks for some of its own vectors. If it finds less than
 * {@link IvfOptions#minRecall()} of what an exact search finds, it looks through more lists, up to 1024, with a warning; if that
 * does not help it looks at every vector, with a warning ({@link #isExhaustive()}).
 *
 * <p>The same vectors, options and changes one after another give the same lists with any number of threads.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class IvfIndex extends CodedIndex {
    private static final Logger LOG = LoggerFactory.getLogger(IvfIndex.class);

    /** The removed share of listed items from which on they are divided again. */
    private static final double WORN = 0.2;

    /** How much larger than at its division an index may grow before it is divided again. */
    private static final int GROWN = 2;

    private final IvfOptions options;
    private final Rebuild rebuild = new Rebuild(this::rebuildNow);
    private volatile int probes;
    private volatile boolean exhaustive;
    private volatile boolean closing;

    private IvfIndex(IvfOptions options, CodedItems items) {
        super(items);
        this.options = options;
        probes = options.probes();
    }

    /**
     * Builds an index on the calling thread's fork-join pool.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @param options how to divide and search
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     */
    public static IvfIndex build(float[] vectors, int dim, Similarity similarity, IvfOptions options) {
        int size = Vectors.checkedRows("vectors", vectors, dim);
        checkArgument(size > 0, "vectors must hold at least one item, got none");
        CodedItems coded = CodedItems.of(vectors, dim, similarity);
        IvfIndex index = new IvfIndex(options, coded.with(divided(coded, options)));
        if (options.minRecall() > 0) {
            RecallCheck check = RecallCheck.of(index, index.items(), index.probes, options.minRecall(), options.seed());
            index.probes = check.width();
            index.exhaustive = !check.passed();
        }
        return index;
    }

    /** Divides those items that are not removed. */
    private static ListView divided(CodedItems items, IvfOptions options) {
        int[] alive = items.alive(0);
        if (alive.length == 0) {
            return items.lists().orElseThrow();
        }
        float[] centres = SphericalKMeans.centres(items, alive, options.listsOf(alive.length), options.seed());
        int[] nearest = SphericalKMeans.nearest(centres, items, alive);
        int[] listOf = IntStream.generate(() -> -1).limit(items.size()).toArray();
        for (int place = 0; place < alive.length; place++) {
            listOf[alive[place]] = nearest[place];
        }
        return ListView.of(centres, alive.length, listOf, items);
    }

    @Override
    int width() {
        return probes;
    }

    /** {@return how it was built, and how it is searched unless {@link #probes()} says otherwise} */
    public IvfOptions options() {
        return options;
    }

    /** {@return how many lists a search looks through} */
    public int probes() {
        return probes;
    }

    /**
     * Changes how many lists searches look through from now on.
     *
     * @param count at least 1; more than there are means all
     * @throws IllegalArgumentException if it is below 1
     */
    public void setProbes(int count) {
        checkArgument(count >= 1, "probes must be at least 1, got %s", count);
        probes = count;
    }

    /** {@return into how many lists the items are divided} */
    public int numLists() {
        return items().lists().orElseThrow().lists().length;
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
            become(listed(items().append(vectors), items().lists().orElseThrow(), first));
            if (isWorn()) {
                rebuild.start();
            }
            return first;
        });
    }

    /** Puts the items from the first on into lists. */
    private static CodedItems listed(CodedItems items, ListView lists, int first) {
        int[] added = IntStream.range(first, items.size()).toArray();
        int[] nearest = SphericalKMeans.nearest(lists.centres(), items, added);
        return items.with(lists.with(first, nearest, items.codes()));
    }

    @Override
    void afterRemoval() {
        if (isWorn()) {
            rebuild.start();
        }
    }

    private boolean isWorn() {
        ListView lists = items().lists().orElseThrow();
        int listed = lists.listed();
        int alive = items().numAlive();
        return alive > 0 && (listed - alive > WORN * listed || alive > (long) GROWN * lists.trained());
    }

    /** Divides the items again, without those that are removed, while they are searched and changed, and swaps the lists in. */
    private void rebuildNow() {
        CodedItems before = items();
        ListView fresh = divided(before, options);
        keepingChangesOut(() -> {
            if (!closing) {
                become(listed(items(), fresh, before.size()));
                LOG.info("{} items were divided into {} lists again", items().numAlive(), fresh.lists().length);
            }
            return fresh;
        });
    }

    /** How many items the lists hold, removed ones included. */
    int listed() {
        return items().lists().orElseThrow().listed();
    }

    /**
     * Writes the index into one file, beside it first, so that a crash leaves the old file or the new one. Changes wait meanwhile.
     *
     * @param file where to
     * @throws ArtifactException if it cannot be written
     */
    public void save(Path file) {
        changing(() -> {
            IndexWriter.write(file, items(), IndexWriter.Searching.lists(probes, exhaustive, options));
            return file;
        });
    }

    /**
     * Opens an index that {@link #save} wrote. Codes are read, vectors are mapped into memory: their pages come when they are needed,
     * and processes share them. The file must not be changed while the index is in use; saving another one over it is no
     * change.
     *
     * @param file an index
     * @return the index; whoever asked for it closes it
     * @throws ArtifactException if the file is missing, cut short, altered or of another version
     */
    public static IvfIndex load(Path file) {
        IndexReader.Opened opened = IndexReader.read(file);
        if (opened.numbers().lists().isEmpty()) {
            throw new ArtifactException("Index file " + file
                    + " holds no lists: open it as the index that wrote it, or build an IvfIndex from the vectors");
        }
        IvfIndex index = new IvfIndex(opened.numbers().lists().get(0).options(), opened.items());
        index.probes = opened.numbers().width();
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
        return "IvfIndex[" + size() + " items, " + numRemoved() + " removed, dim " + dim() + ", " + similarity() + ", "
                + options + ", " + numLists() + " lists, probes " + probes
                + (exhaustive ? ", looking at every vector]" : "]");
    }
}
