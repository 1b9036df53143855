package io.github.recsys4j.retrieval;

/**
 * The links of a graph of items at one moment. Level 0 holds all items, each level above about one item in {@code m} of the
 * level below.
 *
 * <p>A list of links is a stretch of an array: item indices plus 1, ended by a 0 or by the end of the stretch. A writer
 * may change lists while they are read. A reader then meets links of before and after, and links to items that were
 * added after its view was made, which it skips: their codes may not be visible to it yet.
 *
 * @param size items below this index may be visited
 * @param entry where a search begins, -1 if no item is linked
 * @param top the highest level
 * @param m links of an item at a level above 0; twice as many at level 0
 * @param base lists of level 0, {@code 2 * m} long
 * @param upper lists of the levels above, {@code m} long
 * @param upperAt where an item's list of level 1 begins; those of its higher levels follow
 */
@SuppressWarnings("ArrayRecordComponent")
record GraphView(int size, int entry, int top, int m, int[] base, int[] upper, int[] upperAt) {

    /** Where the first item's list of level 0 begins, so that its lists keep to cache lines ({@link Codes#FIRST}). */
    static final int FIRST = 12;

    int[] links(int level) {
        return level == 0 ? base : upper;
    }

    int start(int item, int level) {
        return level == 0 ? FIRST + item * 2 * m : upperAt[item] + (level - 1) * m;
    }

    int capacity(int level) {
        return level == 0 ? 2 * m : m;
    }

    GraphView within(int items) {
        return new GraphView(items, entry, top, m, base, upper, upperAt);
    }
}
