package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How an inverted file is divided and searched.
 *
 * @param lists how many lists the items are divided into, at least 0; 0 chooses about {@code 2 * sqrt(items)}
 * @param probes how many of the lists a search looks through, at least 1; more finds more and takes longer
 * @param minRecall the least share of the best 10 that the index must find in its check of itself, in [0, 1]; 0 for no check
 * @param seed decides which items the lists' centres are learned from
 */
public record IvfOptions(int lists, int probes, double minRecall, long seed) {

    /**
     * Checks the options.
     *
     * @param lists of items
     * @param probes lists of a search
     * @param minRecall the least recall
     * @param seed of the sample
     * @throws IllegalArgumentException if one is out of its range
     */
    public IvfOptions {
        checkArgument(lists >= 0, "lists must be at least 0, got %s: 0 chooses by the number of items", lists);
        checkArgument(probes >= 1, "probes must be at least 1, got %s: 32 suits most vectors", probes);
        checkArgument(minRecall >= 0 && minRecall <= 1, "minRecall must be in [0, 1], got %s", minRecall);
    }

    /** {@return lists by the number of items, 32 probes, a recall of at least .95, and the seed 0} */
    public static IvfOptions defaults() {
        return new IvfOptions(0, 32, 0.95, 0);
    }

    /**
     * {@return the same with another number of lists}
     *
     * @param count at least 1, or 0 for about {@code 2 * sqrt(items)}
     */
    public IvfOptions withLists(int count) {
        return new IvfOptions(count, probes, minRecall, seed);
    }

    /**
     * {@return the same with another number of lists that a search looks through}
     *
     * @param count at least 1
     */
    public IvfOptions withProbes(int count) {
        return new IvfOptions(lists, count, minRecall, seed);
    }

    /**
     * {@return the same with another least recall}
     *
     * @param recall in [0, 1]; 0 for no check
     */
    public IvfOptions withMinRecall(double recall) {
        return new IvfOptions(lists, probes, recall, seed);
    }

    /**
     * {@return the same with another seed}
     *
     * @param value any
     */
    public IvfOptions withSeed(long value) {
        return new IvfOptions(lists, probes, minRecall, value);
    }

    /** How many lists so many items are divided into. */
    int listsOf(int items) {
        int wanted = lists > 0 ? lists : (int) Math.round(2 * Math.sqrt(items));
        return Math.max(1, Math.min(wanted, items));
    }
}
