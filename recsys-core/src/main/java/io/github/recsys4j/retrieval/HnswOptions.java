package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How a graph is built and searched.
 *
 * @param links how many links an item gets at a level above the lowest, twice as many at the lowest, in [4, 128]; more for wider
 *     vectors and higher recall, for memory and build time
 * @param buildWidth how many items a search keeps while an item is linked, at least {@code links}
 * @param searchWidth how many items a search keeps, at least 1; more finds more and takes longer
 * @param minRecall the least share of the best 10 that the index must find in its check of itself, in [0, 1]; 0 for no check
 * @param seed decides levels and the order of linking
 */
public record HnswOptions(int links, int buildWidth, int searchWidth, double minRecall, long seed) {
    private static final int MIN_LINKS = 4;
    private static final int MAX_LINKS = 128;

    /**
     * Checks the options.
     *
     * @param links links of an item
     * @param buildWidth items kept while an item is linked
     * @param searchWidth items kept in a search
     * @param minRecall the least recall
     * @param seed of levels and order
     * @throws IllegalArgumentException if one is out of its range
     */
    public HnswOptions {
        checkArgument(
                links >= MIN_LINKS && links <= MAX_LINKS,
                "links must be in [4, 128], got %s: 16 suits most vectors",
                links);
        checkArgument(
                buildWidth >= links,
                "buildWidth must be at least links = %s, got %s: 200 suits most vectors",
                links,
                buildWidth);
        checkArgument(searchWidth >= 1, "searchWidth must be at least 1, got %s", searchWidth);
        checkArgument(minRecall >= 0 && minRecall <= 1, "minRecall must be in [0, 1], got %s", minRecall);
    }

    /** {@return 16 links, widths of 200 and 64, a recall of at least .95, and the seed 0} */
    public static HnswOptions defaults() {
        return new HnswOptions(16, 200, 64, 0.95, 0);
    }

    /**
     * {@return the same with another number of links}
     *
     * @param count in [4, 128]
     */
    public HnswOptions withLinks(int count) {
        return new HnswOptions(count, Math.max(count, buildWidth), searchWidth, minRecall, seed);
    }

    /**
     * {@return the same with another width of building}
     *
     * @param width at least the number of links
     */
    public HnswOptions withBuildWidth(int width) {
        return new HnswOptions(links, width, searchWidth, minRecall, seed);
    }

    /**
     * {@return the same with another width of searching}
     *
     * @param width at least 1
     */
    public HnswOptions withSearchWidth(int width) {
        return new HnswOptions(links, buildWidth, width, minRecall, seed);
    }

    /**
     * {@return the same with another least recall}
     *
     * @param recall in [0, 1]; 0 for no check
     */
    public HnswOptions withMinRecall(double recall) {
        return new HnswOptions(links, buildWidth, searchWidth, recall, seed);
    }

    /**
     * {@return the same with another seed}
     *
     * @param value any
     */
    public HnswOptions withSeed(long value) {
        return new HnswOptions(links, buildWidth, searchWidth, minRecall, value);
    }
}
