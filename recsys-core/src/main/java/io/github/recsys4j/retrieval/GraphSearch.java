package io.github.recsys4j.retrieval;

import java.util.Arrays;

/**
 * Walks a graph towards the items that are most similar to a query. Room for one thread; reused.
 *
 * <p>The nearest items met so far stand in one sorted array, those whose links were followed marked in the lowest bit, as
 * in the list that published descriptions keep in two heaps: a few dozen longs are moved faster than heaps are mended. Where
 * a filter is in force the walk goes through all items, and the results, which are fewer, have a heap of their own.
 *
 * <p>Most of a walk is waiting for memory. Java cannot ask for a cache line ahead, but a processor does not wait for a load whose value
 * only goes into a sum: the codes of all new neighbours, and the links of those that are kept, are touched before they are needed,
 * and all are scored before any is compared, since a branch that is guessed wrong would end the looking ahead.
 */
final class GraphSearch {
    private static final long FOLLOWED = 1;

    private final LongHeap waiting = new LongHeap(64);
    private final LongHeap results = new LongHeap(64);
    private byte[] visits = new byte[0];
    private byte epoch;
    private int[] fresh = new int[64];
    private int[] freshScores = new int[64];

    /** Keeps the compiler from leaving out loads that are made ahead. */
    long touched;

    private long[] nearest = new long[64];
    private int count;
    long[] lanes = new long[0];
    private int owner = -1;

    /** Prepares for a query; lanes hold it. */
    void query(int words) {
        owner = -1;
        lanes(words);
    }

    /** Prepares for an item in the role of a query. */
    void queryItem(Codes codes, int item) {
        lanes(codes.wordsPerItem());
        owner = item;
        codes.lanes(item, lanes);
    }

    private void lanes(int words) {
        if (lanes.length != 2 * words) {
            lanes = new long[2 * words];
        }
    }

    private int score(Codes codes, int item) {
        int score = codes.score(lanes, item);
        return owner < 0 ? score : score + codes.lifted(owner, item);
    }

    /** Goes down from the top to the given level, always to the most similar neighbour. */
    int descend(GraphView graph, Codes codes, int level) {
        begin(graph, 1);
        int item = graph.entry();
        int best = score(codes, item);
        for (int at = graph.top(); at > level; at--) {
            for (int left = -1; left != item; ) {
                left = item;
                int met = meet(graph, codes, at, item);
                scoreFresh(codes, met);
                for (int i = 0; i < met; i++) {
                    if (freshScores[i] > best) {
                        best = freshScores[i];
                        item = fresh[i];
                    }
                }
            }
        }
        return item;
    }

    /** Finds about the {@code width} most similar items at a level; {@link #found} then gives them. */
    void walk(GraphView graph, Codes codes, int level, int entry, int width) {
        begin(graph, width);
        visits[entry] = epoch;
        nearest[0] = marked(entry, score(codes, entry));
        count = 1;
        int next = 0;
        while (next < count) {
            long current = nearest[next];
            if ((current & FOLLOWED) != 0) {
                next++;
                continue;
            }
            nearest[next] |= FOLLOWED;
            next++;
            int met = meet(graph, codes, level, item(current));
            scoreFresh(codes, met);
            for (int i = 0; i < met; i++) {
                long scored = marked(fresh[i], freshScores[i]);
                if (count < width || scored > nearest[count - 1]) {
                    next = Math.min(next, insert(scored, width));
                    touched += graph.links(level)[graph.start(fresh[i], level)];
                }
            }
        }
    }

    private void scoreFresh(Codes codes, int met) {
        for (int i = 0; i < met; i++) {
            freshScores[i] = score(codes, fresh[i]);
        }
    }

    private static long marked(int item, int score) {
        return ((long) score << 32) | ((~item & 0x7FFFFFFFL) << 1);
    }

    private static int item(long marked) {
        return (int) ~(marked >> 1) & 0x7FFFFFFF;
    }

    private int insert(long scored, int width) {
        int slot = count < width ? count++ : count - 1;
        while (slot > 0 && nearest[slot - 1] < scored) {
            nearest[slot] = nearest[slot - 1];
            slot--;
        }
        nearest[slot] = scored;
        return slot;
    }

    /** Collects the neighbours that were not met before, and marks them. */
    private int meet(GraphView graph, Codes codes, int level, int item) {
        long touch = 0;
        int[] links = graph.links(level);
        int start = graph.start(item, level);
        int end = start + graph.capacity(level);
        byte mark = epoch;
        byte[] marks = visits;
        int met = 0;
        for (int place = start; place < end; place++) {
            int other = links[place] - 1;
            if (other < 0) {
                break;
            }
            if (other < graph.size() && marks[other] != mark) {
                marks[other] = mark;
                fresh[met++] = other;
                touch += codes.touch(other);
            }
        }
        touched += touch;
        return met;
    }

    private void begin(GraphView graph, int width) {
        if (visits.length < graph.size()) {
            visits = new byte[graph.size()];
            epoch = 0;
        }
        if (++epoch == 0) {
            Arrays.fill(visits, (byte) 0);
            epoch = 1;
        }
        if (nearest.length < width) {
            nearest = new long[width];
        }
        if (fresh.length < graph.capacity(0)) {
            fresh = new int[graph.capacity(0)];
            freshScores = new int[graph.capacity(0)];
        }
    }

    /** Finds about the {@code width} most similar items of level 0 that a filter lets pass. */
    void walk(GraphView graph, Codes codes, int entry, int width, Allowed allowed) {
        begin(graph, width);
        waiting.clear();
        results.clear();
        visits[entry] = epoch;
        take(entry, score(codes, entry), width, allowed);
        while (!waiting.isEmpty()) {
            long current = ~waiting.pop();
            if (results.size() == width && current < results.top()) {
                break;
            }
            int met = meet(graph, codes, 0, Scored.item(current));
            scoreFresh(codes, met);
            for (int i = 0; i < met; i++) {
                take(fresh[i], freshScores[i], width, allowed);
            }
        }
        for (count = results.size(); !results.isEmpty(); ) {
            long result = results.pop();
            nearest[results.size()] = marked(Scored.item(result), Scored.score(result));
        }
    }

    private void take(int item, int score, int width, Allowed allowed) {
        long scored = Scored.of(item, score);
        if (results.size() < width) {
            waiting.push(~scored);
            if (allowed.test(item)) {
                results.push(scored);
            }
        } else if (scored > results.top()) {
            waiting.push(~scored);
            if (allowed.test(item)) {
                results.replaceTop(scored);
            }
        }
    }

    /** How many items the last walk found. */
    int found() {
        return count;
    }

    /** What the last walk found, best first. */
    int found(int place) {
        return item(nearest[place]);
    }

    /** The score of what the last walk found. */
    int foundScore(int place) {
        return Scored.score(nearest[place]);
    }
}
