package io.github.recsys4j.retrieval;

/**
 * How the product of many queries and many items is divided: always in the same way for the same sizes, whatever the number of
 * threads, because the order of sums depends on it.
 *
 * <p>OpenBLAS spreads a product of more than {@code 2^18} multiplications over its own threads. Smaller products stay on the thread
 * that asks, without a setting of the process being touched. A product of one query stays below {@code 2^16}, where OpenBLAS
 * reads the items in place instead of copying them first.
 *
 * @param queries in one block
 * @param panel items whose scores are kept until they are searched; they fit a core's cache
 * @param step items of one product
 * @param range items that one thread goes through, a whole number of panels
 * @param owning whether OpenBLAS has to be kept on the calling thread
 */
record Tiling(int queries, int panel, int step, int range, boolean owning) {
    /** Multiplications from which on a batch is worth a millisecond for keeping OpenBLAS on our threads. */
    private static final long LARGE = 1L << 28;

    /** Multiplications from which on several threads are worth it. */
    private static final long WORTH_THREADS = 1L << 21;

    private static final int IN_PLACE = 1 << 16;
    private static final int ON_CALLER = 1 << 18;
    private static final int SMALL_BLOCK = 16;
    private static final int LARGE_BLOCK = 128;

    /** Scores of a panel, one megabyte. */
    private static final int SCORES = 1 << 18;

    private static final int MAX_PANEL = 1 << 14;

    /** Stretches that even a few queries are divided into, so that several threads have work. */
    private static final int SHARES = 16;

    /** Panels begin at whole words of a bitmap. */
    private static final int WORD = 64;

    static Tiling of(int queries, int items, int dim) {
        long products = (long) queries * items * dim;
        boolean large = queries > 1 && products >= LARGE;
        int block = Math.max(1, Math.min(queries, large ? LARGE_BLOCK : SMALL_BLOCK));
        int panel = Math.min(MAX_PANEL, SCORES / block / WORD * WORD);
        int most = block == 1 ? IN_PLACE : ON_CALLER;
        int step = large ? panel : Math.max(1, Math.min(panel, most / Math.max(1, block * dim)));
        int blocks = (queries + block - 1) / block;
        boolean shared = queries > 1 && products >= WORTH_THREADS && blocks < SHARES;
        return new Tiling(block, panel, step, shared ? range(items, panel, blocks) : whole(items), large);
    }

    private static int range(int items, int panel, int blocks) {
        int panels = (items + panel - 1) / panel;
        int shares = Math.min(panels, (SHARES + blocks - 1) / blocks);
        return Math.multiplyExact((panels + shares - 1) / shares, panel);
    }

    private static int whole(int items) {
        return Math.max(WORD, items);
    }

    /** What rooms for one query, or for any number of them, must hold. */
    record Capacity(int queries, int scores) {}

    Capacity capacity() {
        return queries == 1 ? new Capacity(1, MAX_PANEL) : new Capacity(LARGE_BLOCK, SCORES);
    }

    int blocks(int rows) {
        return (rows + queries - 1) / queries;
    }

    int ranges(int items) {
        return (items + range - 1) / range;
    }
}
