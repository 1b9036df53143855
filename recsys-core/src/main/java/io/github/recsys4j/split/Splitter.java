package io.github.recsys4j.split;

import io.github.recsys4j.data.Dataset;

/**
 * A way to hold interactions back.
 *
 * <p>Every splitter keeps these promises: the same data set and settings give the same {@link Split}, whatever
 * the order of rows with different times; rows with equal times keep the order of the file; where the data has no
 * times, the position in the user's sequence is the time; no row both trains and measures; and a row that neither
 * trains nor measures is counted in the {@link SplitReport} with its reason.
 *
 * <p>Implementations are immutable and safe for many threads.
 */
@FunctionalInterface
public interface Splitter {

    /**
     * Cuts a data set.
     *
     * @param dataset what to cut; unchanged
     * @return what to learn from and what to measure with
     * @throws IllegalArgumentException if a setting names what the data set does not have
     * @throws io.github.recsys4j.DatasetException if the data set is too small to hold anything back this way
     */
    Split split(Dataset dataset);
}
