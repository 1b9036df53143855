package io.github.recsys4j.retrieval;

/** An item and its score in one {@code long}, so that comparing longs compares scores, and equal scores put the lower item first. */
final class Scored {
    private static final long ITEM = 0xFFFFFFFFL;

    private Scored() {}

    static long of(int item, int score) {
        return ((long) score << 32) | (~item & ITEM);
    }

    static int item(long scored) {
        return (int) ~scored;
    }

    static int score(long scored) {
        return (int) (scored >> 32);
    }
}
