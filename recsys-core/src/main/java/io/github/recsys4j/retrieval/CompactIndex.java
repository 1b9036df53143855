package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * For catalogues that outgrow memory: one byte for each dimension of an item is held and looked at ({@link CodeKernel}), a quarter of
 * the vectors; the vectors lie in a file that is mapped into memory, and only those of the best few codes are read, to rank them.
 *
 * <p>Scores are exact. An item is missed where rounding pushes it behind {@link #width()} others. Opening and building check that with
 * some of the index's own vectors: if less than .95 of the best 10 are found, more codes are ranked by their vectors, up to
 * 1024, with a warning; if that does not help every vector is read, with a warning ({@link #isExhaustive()}).
 *
 * <p>Items that are added have their vectors on the heap until the index is saved and loaded again. Removed ones take up room until it is
 * built anew.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class CompactIndex extends CodedIndex {
    private static final int WIDTH = 64;
    private static final double LEAST_RECALL = 0.95;

    private final int width;
    private final boolean exhaustive;

    private CompactIndex(IndexReader.Opened opened, int width, boolean exhaustive) {
        super(opened.items());
        this.width = width;
        this.exhaustive = exhaustive;
    }

    /**
     * Builds an index in a file and opens it. What was there before is replaced when all is written.
     *
     * @param file where vectors and codes go
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row is not whole, or a value is not finite
     * @throws ArtifactException if the file cannot be written
     */
    public static CompactIndex build(Path file, float[] vectors, int dim, Similarity similarity) {
        return build(file, List.of(vectors).iterator(), dim, similarity);
    }

    /**
     * Builds an index in a file and opens it, from vectors that need not be in memory at once.
     *
     * @param file where vectors and codes go; what was there before is replaced when all is written
     * @param blocks each of shape {@code [some items, dim]}, row-major, finite; together at least one row
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @return the index; whoever asked for it closes it
     * @throws IllegalArgumentException if there is no item, the last row of a block is not whole, or a value is not finite
     * @throws ArtifactException if the file cannot be written
     */
    public static CompactIndex build(Path file, Iterator<float[]> blocks, int dim, Similarity similarity) {
        checkArgument(dim >= 1, "dim must be at least 1, got %s", dim);
        IndexFile.write(file, to -> CompactWriter.write(to, blocks, dim, similarity, WIDTH));
        IndexReader.Opened opened = IndexReader.read(file);
        CompactIndex index = new CompactIndex(opened, WIDTH, false);
        RecallCheck check = RecallCheck.of(index, opened.items(), WIDTH, LEAST_RECALL, 0);
        CompactIndex checked = new CompactIndex(opened, check.width(), !check.passed());
        if (check.width() != WIDTH || !check.passed()) {
            checked.save(file);
        }
        return checked;
    }

    /**
     * Opens an index that {@link #build} or {@link #save} wrote, or the codes of an {@link HnswIndex}. Codes are read, vectors are
     * mapped into memory: their pages come when they are needed, and processes share them. The file must not be changed while
     * the index is in use; saving another one over it is no change.
     *
     * @param file an index
     * @return the index; whoever asked for it closes it
     * @throws ArtifactException if the file is missing, cut short, altered or of another version
     */
    public static CompactIndex load(Path file) {
        IndexReader.Opened opened = IndexReader.read(file);
        return new CompactIndex(
                opened, opened.numbers().width(), opened.numbers().exhaustive());
    }

    /**
     * Writes the index into one file, beside it first, so that a crash leaves the old file or the new one. Changes wait meanwhile.
     *
     * @param file where to
     * @throws ArtifactException if it cannot be written
     */
    public void save(Path file) {
        changing(() -> {
            IndexWriter.write(file, items(), IndexWriter.Searching.codes(width, exhaustive));
            return file;
        });
    }

    @Override
    public int add(float[] vectors) {
        int added = Vectors.checkedRows("vectors", vectors, dim());
        return changing(() -> {
            become(items().append(vectors));
            return size() - added;
        });
    }

    @Override
    int width() {
        return width;
    }

    /** {@return how many of the best codes are ranked by their vectors, at least} */
    public int searchWidth() {
        return width;
    }

    /** {@return whether it looks at every vector because it found too little by codes} */
    @Override
    public boolean isExhaustive() {
        return exhaustive;
    }

    @Override
    public String toString() {
        return "CompactIndex[" + size() + " items, " + numRemoved() + " removed, dim " + dim() + ", " + similarity()
                + ", searchWidth " + width + (exhaustive ? ", looking at every vector]" : "]");
    }
}
