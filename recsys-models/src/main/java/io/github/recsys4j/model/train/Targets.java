package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;
import java.util.List;

/**
 * The items that positions are to be told apart from others by: for each position the next item, and the negatives.
 * The arrays are not copied and must not be changed while a loss is computed.
 */
final class Targets {
    private final int[] positives;
    private final int[] negatives;
    private final int count;
    private final boolean shared;
    private final List<BitSet> masked;

    private Targets(int[] positives, int[] negatives, int count, boolean shared) {
        this(positives, negatives, count, shared, List.of());
    }

    private Targets(int[] positives, int[] negatives, int count, boolean shared, List<BitSet> masked) {
        this.masked = masked;
        this.positives = positives;
        this.negatives = negatives;
        this.count = count;
        this.shared = shared;
    }

    /** Next items only. */
    static Targets of(int[] positives) {
        return new Targets(positives, new int[0], 0, false);
    }

    /** Each position has negatives of its own: {@code [positions, count]} row-major. */
    static Targets perPosition(int[] positives, int[] negatives, int count) {
        checkArgument(
                count >= 1 && negatives.length == Math.multiplyExact(positives.length, count),
                "%s positions with %s negatives each need %s, given %s",
                positives.length,
                count,
                (long) positives.length * count,
                negatives.length);
        return new Targets(positives, negatives, count, false);
    }

    /** All positions share the negatives. */
    static Targets shared(int[] positives, int[] negatives) {
        checkArgument(negatives.length >= 1, "shared negatives must be at least 1, given none");
        return new Targets(positives, negatives, negatives.length, true);
    }

    /** Next items only, and for each position the other positions whose next item is no mistake there. */
    static Targets inBatch(int[] positives, List<BitSet> masked) {
        return new Targets(positives, new int[0], 0, false, masked);
    }

    /** For each position the positions that it is not compared with; empty if that is not known. */
    List<BitSet> masked() {
        return masked;
    }

    int positions() {
        return positives.length;
    }

    /** Negatives of one position. */
    int count() {
        return count;
    }

    boolean isShared() {
        return shared;
    }

    int positive(int position) {
        return positives[position];
    }

    int negative(int position, int number) {
        return negatives[shared ? number : position * count + number];
    }

    /** Next items of some positions. */
    long[] positives(int from, int to) {
        long[] ids = new long[to - from];
        for (int i = from; i < to; i++) {
            ids[i - from] = positives[i];
        }
        return ids;
    }

    /** Negatives of some positions, row-major; the shared ones once. */
    long[] negatives(int from, int to) {
        int first = shared ? 0 : from * count;
        long[] ids = new long[shared ? count : (to - from) * count];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = negatives[first + i];
        }
        return ids;
    }

    /** For each of some positions its next item, then its own negatives, row-major. */
    long[] all(int from, int to) {
        long[] ids = new long[(to - from) * (count + 1)];
        int at = 0;
        for (int position = from; position < to; position++) {
            ids[at++] = positives[position];
            for (int j = 0; j < count; j++) {
                ids[at++] = negative(position, j);
            }
        }
        return ids;
    }
}
