package io.github.recsys4j.retrieval;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Links items into a graph after Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
 * Hierarchical Navigable Small World graphs" (2018): each item is linked with the most similar items that a search finds, less
 * those that are more similar to one already chosen (their algorithm 4).
 *
 * <p>Items are linked in batches of at most a fiftieth of the graph (the way of Dobson et al., "ParlayANN", 2024). First
 * every item of a batch searches the graph as it was before, in parallel, and writes its own links; then
 * the links back are gathered by target, and each target is written by one thread. So no list needs a lock, and the same items,
 * settings and seed give the same graph with any number of threads.
 *
 * <p>Similarity is that of codes. Where lengths differ it is that of vectors with one more coordinate, which makes all
 * equally long ({@link Lift}).
 *
 * <p>Thread-safety: one writer; readers use {@link #view()}s.
 */
final class GraphBuilder {
    private static final int BATCH_SHARE = 50;

    private final HnswOptions options;
    private final Queue<Workplace> workplaces = new ConcurrentLinkedQueue<>();
    private int[] base;
    private int[] upper = new int[0];
    private int[] upperAt;
    private int upperEnd;
    private int linked;
    private volatile GraphView view;

    /** What one thread needs to link an item. */
    private static final class Workplace {
        private final GraphSearch search = new GraphSearch();
        private long[] candidates = new long[0];
        private long[] lanes = new long[0];
        private int[] chosen = new int[0];
    }

    GraphBuilder(HnswOptions options, int capacity) {
        this.options = options;
        base = new int[baseLength(capacity)];
        upperAt = new int[capacity];
        view = new GraphView(0, -1, 0, options.links(), base, upper, upperAt);
    }

    GraphBuilder(HnswOptions options, GraphView read, int linked) {
        this.options = options;
        base = read.base();
        upper = read.upper();
        upperAt = read.upperAt();
        upperEnd = upper.length;
        this.linked = linked;
        view = read;
    }

    private int baseLength(int capacity) {
        return Math.addExact(GraphView.FIRST, Math.multiplyExact(2 * options.links(), capacity));
    }

    GraphView view() {
        return view;
    }

    /** How many items are linked. */
    int linked() {
        return linked;
    }

    /** The level of an item: a hash of it and the seed, so that it does not depend on when the item comes. */
    private int level(int item) {
        long hash = options.seed() + 0x9E3779B97F4A7C15L * (item + 1);
        hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
        hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
        double uniform = ((hash ^ (hash >>> 31)) >>> 11) * 0x1.0p-53;
        return (int) (-Math.log(1 - uniform) / Math.log(options.links()));
    }

    /**
     * Links items.
     *
     * @param items not linked yet
     * @param size one more than the greatest index that is linked afterwards
     * @param largest how many at most in one batch
     * @param stopped asked between batches; once true the rest stays unlinked
     */
    void link(int[] items, int size, int largest, Codes codes, BooleanSupplier stopped) {
        grow(size);
        int from = 0;
        while (from < items.length && !stopped.getAsBoolean()) {
            int count = Math.min(items.length - from, Math.max(1, Math.min(largest, linked / BATCH_SHARE)));
            linkBatch(Arrays.copyOfRange(items, from, from + count), size, codes);
            from += count;
        }
    }

    private void grow(int size) {
        if (size > upperAt.length) {
            int capacity = Math.max(size, upperAt.length + upperAt.length / 2);
            base = Arrays.copyOf(base, baseLength(capacity));
            upperAt = Arrays.copyOf(upperAt, capacity);
        }
    }

    private void linkBatch(int[] batch, int size, Codes codes) {
        int top = view.top();
        int entry = view.entry();
        for (int item : batch) {
            int level = reserve(item);
            if (entry < 0 || level > top) {
                top = level;
                entry = item;
            }
        }
        GraphView before = new GraphView(size, view.entry(), view.top(), options.links(), base, upper, upperAt);
        if (before.entry() >= 0) {
            Parallel.forEach(batch.length, number -> linkForward(batch[number], before, codes));
            for (int level = before.top(); level >= 0; level--) {
                linkBack(batch, level, before, codes);
            }
        }
        linked += batch.length;
        view = new GraphView(size, entry, top, options.links(), base, upper, upperAt);
    }

    private int reserve(int item) {
        int level = level(item);
        if (level > 0) {
            int room = level * options.links();
            if (upperEnd + room > upper.length) {
                upper = Arrays.copyOf(upper, Math.max(upperEnd + room, 2 * upper.length));
            }
            upperAt[item] = upperEnd;
            upperEnd += room;
        }
        return level;
    }

    private void linkForward(int item, GraphView graph, Codes codes) {
        Workplace place = workplace();
        GraphSearch search = place.search;
        search.queryItem(codes, item);
        int level = Math.min(level(item), graph.top());
        int entry = search.descend(graph, codes, level);
        for (int at = level; at >= 0; at--) {
            search.walk(graph, codes, at, entry, options.buildWidth());
            entry = search.found(0);
            int found = search.found();
            room(place, found, codes);
            for (int i = 0; i < found; i++) {
                place.candidates[i] = Scored.of(search.found(i), search.foundScore(i));
            }
            int chosen = choose(place, found, options.links(), item, codes);
            write(graph, item, at, place.chosen, chosen);
        }
        workplaces.add(place);
    }

    private Workplace workplace() {
        Workplace free = workplaces.poll();
        return free != null ? free : new Workplace();
    }

    private static void room(Workplace place, int candidates, Codes codes) {
        if (place.candidates.length < candidates) {
            place.candidates = new long[candidates];
            place.chosen = new int[candidates];
        }
        if (place.lanes.length != 2 * codes.wordsPerItem()) {
            place.lanes = new long[2 * codes.wordsPerItem()];
        }
    }

    /** Algorithm 4: passes over a candidate that is more similar to a chosen one than to the item itself. */
    private static int choose(Workplace place, int candidates, int limit, int item, Codes codes) {
        int chosen = 0;
        for (int i = 0; i < candidates && chosen < limit; i++) {
            int candidate = Scored.item(place.candidates[i]);
            if (candidate != item && isApart(place, candidate, chosen, item, codes)) {
                place.chosen[chosen++] = candidate;
            }
        }
        return chosen;
    }

    private static boolean isApart(Workplace place, int candidate, int chosen, int item, Codes codes) {
        codes.lanes(candidate, place.lanes);
        int own = codes.score(place.lanes, item) + codes.lifted(candidate, item);
        for (int i = 0; i < chosen; i++) {
            int other = place.chosen[i];
            if (codes.score(place.lanes, other) + codes.lifted(candidate, other) > own) {
                return false;
            }
        }
        return true;
    }

    private static void write(GraphView graph, int item, int level, int[] chosen, int count) {
        int[] links = graph.links(level);
        int start = graph.start(item, level);
        for (int i = 0; i < count; i++) {
            links[start + i] = chosen[i] + 1;
        }
        if (count < graph.capacity(level)) {
            links[start + count] = 0;
        }
    }

    /** Gathers the batch's links at a level by their targets, and gives each target its links back. */
    private void linkBack(int[] batch, int level, GraphView graph, Codes codes) {
        long[] back = new long[batch.length * options.links()];
        int count = 0;
        int[] links = graph.links(level);
        for (int item : batch) {
            if (level(item) >= level) {
                int start = graph.start(item, level);
                for (int at = start; at < start + options.links() && links[at] != 0; at++) {
                    back[count++] = ((long) (links[at] - 1) << 32) | item;
                }
            }
        }
        Arrays.sort(back, 0, count);
        int[] groups = groups(back, count);
        Parallel.forEach(
                groups.length - 1, group -> linkBack(back, groups[group], groups[group + 1], level, graph, codes));
    }

    private static int[] groups(long[] back, int count) {
        return IntStream.rangeClosed(0, count)
                .filter(i -> i == 0 || i == count || back[i] >>> 32 != back[i - 1] >>> 32)
                .toArray();
    }

    private void linkBack(long[] back, int from, int to, int level, GraphView graph, Codes codes) {
        int target = (int) (back[from] >>> 32);
        int capacity = graph.capacity(level);
        int[] links = graph.links(level);
        int start = graph.start(target, level);
        int count = 0;
        while (count < capacity && links[start + count] != 0) {
            count++;
        }
        if (count + to - from <= capacity) {
            for (int i = from; i < to; i++) {
                links[start + count++] = (int) back[i] + 1;
            }
            return;
        }
        Workplace place = workplace();
        room(place, count + to - from, codes);
        place.search.queryItem(codes, target);
        for (int i = 0; i < count; i++) {
            place.candidates[i] = scored(place, codes, target, links[start + i] - 1);
        }
        for (int i = from; i < to; i++) {
            place.candidates[count++] = scored(place, codes, target, (int) back[i]);
        }
        sortDescending(place.candidates, count);
        write(graph, target, level, place.chosen, choose(place, count, capacity, target, codes));
        workplaces.add(place);
    }

    private static long scored(Workplace place, Codes codes, int target, int item) {
        return Scored.of(item, codes.score(place.search.lanes, item) + codes.lifted(target, item));
    }

    private static void sortDescending(long[] values, int count) {
        Arrays.sort(values, 0, count);
        for (int i = 0, j = count - 1; i < j; i++, j--) {
            long swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
