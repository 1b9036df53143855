package io.github.recsys4j.retrieval;

/** Keeps the best of items that it scores by their codes, some in a row. Room for one thread; reused. */
final class CodeScan {
    /** Items that are scored before they are compared. */
    static final int BLOCK = 64;

    private final int[] block = new int[BLOCK];
    private final int[] scores = new int[BLOCK];
    private final LongHeap best = new LongHeap(BLOCK);
    private int most;

    /** Forgets everything. */
    void begin(int wanted) {
        best.clear();
        most = wanted;
    }

    /** Looks at the centres of lists. */
    void centres(Codes codes, int count, long[] lanes) {
        for (int from = 0; from < count; from += BLOCK) {
            int some = Math.min(BLOCK, count - from);
            for (int i = 0; i < some; i++) {
                block[i] = from + i;
            }
            items(codes, block, some, lanes);
        }
    }

    /** Looks at some items. */
    void items(Codes codes, int[] items, int count, long[] lanes) {
        for (int i = 0; i < count; i++) {
            scores[i] = codes.score(lanes, items[i]);
        }
        offer(items, 0, count);
    }

    /** Looks at all items of a list. */
    void list(ItemList list, long[] lanes) {
        int words = lanes.length / 2;
        for (int from = 0; from < list.count(); from += BLOCK) {
            int some = Math.min(BLOCK, list.count() - from);
            for (int i = 0; i < some; i++) {
                scores[i] = CodeKernel.dot(lanes, list.words(), (from + i) * words);
            }
            offer(list.items(), from, some);
        }
    }

    /** Looks at those items of a list that pass, and gives their number. */
    int list(ItemList list, long[] lanes, Allowed allowed) {
        int words = lanes.length / 2;
        int seen = 0;
        for (int from = 0; from < list.count(); from += BLOCK) {
            int some = 0;
            for (int place = from; place < Math.min(list.count(), from + BLOCK); place++) {
                if (allowed.test(list.items()[place])) {
                    block[some] = list.items()[place];
                    scores[some++] = CodeKernel.dot(lanes, list.words(), place * words);
                }
            }
            offer(block, 0, some);
            seen += some;
        }
        return seen;
    }

    private void offer(int[] items, int from, int count) {
        for (int i = 0; i < count; i++) {
            long scored = Scored.of(items[from + i], scores[i]);
            if (best.size() < most) {
                best.push(scored);
            } else if (scored > best.top()) {
                best.replaceTop(scored);
            }
        }
    }

    /** How many it kept. */
    int size() {
        return best.size();
    }

    /** Takes out what it kept, best first, into an array with room for it. */
    void drain(int[] into) {
        while (!best.isEmpty()) {
            into[best.size() - 1] = Scored.item(best.pop());
        }
    }
}
