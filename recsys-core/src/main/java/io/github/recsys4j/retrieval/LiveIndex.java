package io.github.recsys4j.retrieval;

/**
 * An index whose items come and go while it is searched. An item keeps its index for good: new items get the next ones, removed
 * ones are never found again.
 *
 * <p>A search sees the items of one moment. What {@link #add} or {@link #remove} did before it returned is seen by every
 * search that begins afterwards. Changes wait for each other, searches wait for none of them.
 */
public interface LiveIndex extends ItemIndex {

    /**
     * Adds items.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite
     * @return the index of the first new item; the others follow
     * @throws IllegalArgumentException if the last row is not whole or a value is not finite
     * @throws IllegalStateException if the index is closed
     */
    int add(float[] vectors);

    /**
     * Removes items; those that are removed already stay so.
     *
     * @param items item indices
     * @throws IllegalArgumentException if an index is not below {@link #size()}
     * @throws IllegalStateException if the index is closed
     */
    void remove(int... items);

    /** {@return how many of the {@link #size()} items are removed} */
    int numRemoved();
}
