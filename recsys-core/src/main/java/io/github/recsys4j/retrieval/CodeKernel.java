package io.github.recsys4j.retrieval;

import java.util.Arrays;

/**
 * Dot products of vectors of 7-bit codes, eight to a {@code long}, without vector instructions.
 *
 * <p>An item's code is {@code u = 64 + round(x / step)} in [0, 127], a query's {@code y = round(q / queryStep)} in [-64, 63];
 * {@code sum(y * u) = sum(y * (u - 64)) + 64 * sum(y)}, and the last term is the same for all items. Java 17 does not vectorise
 * such sums, so four products are had from one 64-bit multiplication: with {@code A = sum(u[i] << 16 i)} and
 * {@code B = sum(y[3 - i] << 16 i)}, the highest 16 bits of {@code A * B} are {@code u[0] y[0] + ... + u[3] y[3]}, which is at
 * most {@code 4 * 127 * 64 < 2^15}. The lower terms may take 1 from it, which is below the codes' own rounding. A vector
 * of 64 dimensions is one cache line, a quarter of its floats.
 */
final class CodeKernel {
    /** Dimensions in one word. */
    static final int LANES = 8;

    private static final long EVEN = 0x00FF00FF00FF00FFL;
    private static final long CENTRES = 0x0040004000400040L;
    private static final int TOP = 48;

    private CodeKernel() {}

    /** How many words a vector of that width takes. */
    static int words(int dim) {
        return (dim + LANES - 1) / LANES;
    }

    /**
     * Multiplies a query by an item.
     *
     * @param query the lanes of a query, two for each word
     * @param codes the words of many items
     * @param start the item's first word
     */
    static int dot(long[] query, long[] codes, int start) {
        long sum = 0;
        int at = start;
        int lane = 0;
        for (; lane + 15 < query.length; lane += 16, at += 8) {
            sum += four(query, lane, codes, at) + four(query, lane + 8, codes, at + 4);
        }
        for (; lane < query.length; lane += 2, at++) {
            sum += word(query, lane, codes[at]);
        }
        return (int) sum;
    }

    /** Without a loop: the compiler then checks the arrays' bounds once. */
    private static long four(long[] query, int lane, long[] codes, int at) {
        return word(query, lane, codes[at])
                + word(query, lane + 2, codes[at + 1])
                + word(query, lane + 4, codes[at + 2])
                + word(query, lane + 6, codes[at + 3]);
    }

    private static long word(long[] query, int lane, long word) {
        return (((word & EVEN) * query[lane]) >> TOP) + ((((word >>> 8) & EVEN) * query[lane + 1]) >> TOP);
    }

    /** Packs the codes of one item into its words; what is missing of the last word stays the code of 0. */
    static void pack(float[] vectors, int from, int dim, float step, long[] codes, int start) {
        for (int word = 0; word < words(dim); word++) {
            long packed = 0;
            for (int lane = 0; lane < LANES; lane++) {
                int d = word * LANES + lane;
                long code = d < dim ? 64 + rounded(vectors[from + d] / step) : 64;
                packed |= code << (8 * lane);
            }
            codes[start + word] = packed;
        }
    }

    /** Turns a query into lanes and gives its step; a query of zeros has the step 0. */
    static float lanes(float[] query, long[] lanes) {
        float largest = 0;
        for (float value : query) {
            largest = Math.max(largest, Math.abs(value));
        }
        float step = largest / 63;
        Arrays.fill(lanes, 0);
        for (int d = 0; d < query.length && step > 0; d++) {
            int lane = d % LANES;
            lanes[2 * (d / LANES) + lane % 2] += rounded(query[d] / step) << (16 * (3 - lane / 2));
        }
        return step;
    }

    private static long rounded(float value) {
        return Math.max(-63, Math.min(63, Math.round(value)));
    }

    /** Turns an item's words into the lanes of a query. */
    static void lanes(long[] codes, int start, long[] lanes) {
        int at = start;
        for (int lane = 0; lane + 1 < lanes.length; lane += 2) {
            long word = codes[at++];
            lanes[lane] = reversed(word & EVEN) - CENTRES;
            lanes[lane + 1] = reversed((word >>> 8) & EVEN) - CENTRES;
        }
    }

    private static long reversed(long four) {
        long halves = (four << 32) | (four >>> 32);
        return ((halves & 0x0000FFFF0000FFFFL) << 16) | ((halves >>> 16) & 0x0000FFFF0000FFFFL);
    }
}
