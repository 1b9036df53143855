package io.github.recsys4j.retrieval;

/**
 * Where wanted items stand among all items that pass a filter.
 *
 * <p>Thread-safety: immutable.
 */
public final class WantedRanks {
    private final int[] ranks;
    private final int numCandidates;

    WantedRanks(int[] ranks, int numCandidates) {
        this.ranks = ranks;
        this.numCandidates = numCandidates;
    }

    /** {@return a copy of the ranks from 1, in the order of the wanted items; those that do not pass are left out} */
    public int[] ranks() {
        return ranks.clone();
    }

    /** {@return how many items pass the filter} */
    public int numCandidates() {
        return numCandidates;
    }
}
