package io.github.recsys4j.retrieval;

/** Makes an index of vectors, such as {@code ExactIndex::of} or {@code ItemIndex::auto}. */
@FunctionalInterface
public interface ItemIndexFactory {

    /**
     * Makes an index.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite, at least one row; not kept
     * @param dim the width of a vector, at least 1
     * @param similarity how the model that made the vectors compares
     * @return the index; whoever asked for it closes it
     */
    ItemIndex create(float[] vectors, int dim, Similarity similarity);
}
