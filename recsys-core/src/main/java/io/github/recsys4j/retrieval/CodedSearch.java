package io.github.recsys4j.retrieval;

/**
 * Searches by codes, along a graph or item by item, and ranks the best of what it found by the vectors themselves. Room for one
 * thread; reused.
 *
 * <p>Lists are gone through from the nearest centre on ({@link IvfIndex}). A graph is worth its detours only while many items pass the filter: a walk looks at about {@code LINKS * width} items for
 * every {@code width} that pass, of which the share {@code passing / all} does. Where that takes longer than looking at the passing
 * items one by one, this is done, and none is missed but by the codes' rounding.
 */
final class CodedSearch {
    /** Items that a walk looks at for each result, about. */
    private static final int LINKS = 20;

    /** How many items are looked at in a row in the time that a walk takes for one, which it waits for. */
    private static final int WAIT = 4;

    /** Items that are tested in the time that one is scored in. */
    private static final int TESTS = 4;

    /** Of what lists hold, at least so many of the best codes are ranked by their vectors. */
    private static final int REFINED = 64;

    private final GraphSearch walk = new GraphSearch();
    private final Allowed allowed = new Allowed();
    private final CodeScan scan = new CodeScan();
    private float[] room = new float[0];
    private final int[] block = new int[CodeScan.BLOCK];
    private int[] nearest = new int[64];
    private int[] found = new int[64];

    /** Keeps the compiler from leaving out loads that are made ahead. */
    float touched;

    /**
     * Finds the best items.
     *
     * @param query prepared
     * @param k at least 1
     * @param width how many items to keep on the way, or how many lists to go through; more for better recall
     * @param exactly whether to look at every vector
     */
    RankedItems topK(CodedItems items, float[] query, int k, ItemFilter filter, int width, boolean exactly) {
        filter.checkWithin(items.size());
        room = room.length == query.length ? room : new float[query.length];
        allowed.lay(filter, items.size(), items.removed());
        try {
            int wanted = Math.min(k, items.size());
            return exactly ? scan(items, query, wanted) : search(items, query, wanted, filter, width);
        } finally {
            allowed.clean();
        }
    }

    private RankedItems search(CodedItems items, float[] query, int k, ItemFilter filter, int width) {
        int passing = filter.isRestricted() ? allowed.count(items.size()) : items.numAlive();
        int refined = items.lists().isPresent() ? Math.max(REFINED, 2 * k) : Math.max(width, 2 * k);
        if (passing <= refined) {
            return scan(items, query, k);
        }
        walk.query(items.codes().wordsPerItem());
        CodeKernel.lanes(query, walk.lanes);
        int count = 0;
        if (items.lists().isPresent()) {
            count = probe(items.lists().get(), width, passing, refined);
        } else if (isWalkWorthIt(items, passing, width)) {
            count = walk(items, Math.max(width, k));
        }
        if (count < k) {
            count = scanCodes(items, refined);
        }
        TopK top = new TopK(k);
        rank(items, query, found, count, top);
        return top.drain();
    }

    private static boolean isWalkWorthIt(CodedItems items, int passing, int width) {
        return items.graph().isPresent() && (double) passing * passing > (double) LINKS * WAIT * width * items.size();
    }

    private int walk(CodedItems items, int width) {
        GraphView graph = items.graph().orElseThrow();
        int entry = walk.descend(graph, items.codes(), 0);
        if (allowed.isEverything()) {
            walk.walk(graph, items.codes(), 0, entry, width);
        } else {
            walk.walk(graph, items.codes(), entry, width, allowed);
        }
        int count = walk.found();
        room(count);
        for (int place = 0; place < count; place++) {
            found[place] = walk.found(place);
        }
        return count;
    }

    /** Goes through lists until so many items were looked at as there are in the number wanted of them; none if that takes longer. */
    private int probe(ListView lists, int probes, int passing, int refined) {
        int count = lists.lists().length;
        boolean everything = allowed.isEverything();
        long wanted = everything ? 0 : (long) lists.listed() * probes / count;
        if (!everything && isProbingSlower(wanted, passing, lists.listed())) {
            return 0;
        }
        scan.begin(everything ? Math.min(probes, count) : count);
        scan.centres(lists.codes(), count, walk.lanes);
        int chosen = scan.size();
        nearest = chosen <= nearest.length ? nearest : new int[chosen];
        scan.drain(nearest);
        scan.begin(refined);
        long seen = 0;
        for (int number = 0; number < chosen && (number < probes || seen < wanted); number++) {
            ItemList list = lists.lists()[nearest[number]];
            if (everything) {
                scan.list(list, walk.lanes);
            } else {
                seen += scan.list(list, walk.lanes, allowed);
            }
        }
        return drain();
    }

    /** To find as many that pass, a probe tests all items of its lists. */
    private static boolean isProbingSlower(long wanted, int passing, int listed) {
        double tested = (double) wanted * listed / passing;
        return passing <= wanted + tested / TESTS;
    }

    /** Looks at the codes of all items that pass. */
    private int scanCodes(CodedItems items, int refined) {
        scan.begin(refined);
        for (int word = 0; word < (items.size() + 63) >>> 6; word++) {
            scan.items(items.codes(), block, passing(word, items.size()), walk.lanes);
        }
        return drain();
    }

    private int drain() {
        int count = scan.size();
        room(count);
        scan.drain(found);
        return count;
    }

    private void room(int count) {
        if (found.length < count) {
            found = new int[count];
        }
    }

    /** Collects those of 64 items that pass. */
    private int passing(int word, int size) {
        int count = 0;
        for (long bits = Allowed.lastCut(allowed.word(word), word, size); bits != 0; bits &= bits - 1) {
            block[count++] = 64 * word + Long.numberOfTrailingZeros(bits);
        }
        return count;
    }

    /** Looks at the vectors of all items that pass. */
    private RankedItems scan(CodedItems items, float[] query, int k) {
        TopK top = new TopK(k);
        for (int word = 0; word < (items.size() + 63) >>> 6; word++) {
            rank(items, query, block, passing(word, items.size()), top);
        }
        return top.drain();
    }

    /** Ranks items by their vectors, all of which are loaded before the first is needed. */
    private void rank(CodedItems items, float[] query, int[] some, int count, TopK top) {
        VectorRows vectors = items.vectors();
        for (int place = 0; place < count; place++) {
            touched += vectors.touch(some[place]);
        }
        for (int place = 0; place < count; place++) {
            top.offer(some[place], vectors.dot(some[place], query, room));
        }
    }
}
