package io.github.recsys4j.retrieval;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Scores in native memory, looked through as the ints that hold their bits: Java 17's compiler finds the greatest of many ints with
 * vector instructions, of floats one by one. With the lower bits of negative scores turned over, ints are ordered as the floats are, but
 * that NaNs lie outside the infinities.
 *
 * @param floats the scores
 * @param ints the same memory
 */
record ScoreBits(FloatBuffer floats, IntBuffer ints) {
    private static final int LOWER = 0x7FFFFFFF;
    private static final int LOWEST = ordered(Float.floatToRawIntBits(Float.NEGATIVE_INFINITY));
    private static final int NEGATIVE_ZERO = ordered(Float.floatToRawIntBits(-0f));

    private static int ordered(int bits) {
        return bits ^ ((bits >> 31) & LOWER);
    }

    /** Whether some of the scores are at least as high as a threshold, or NaN. */
    static boolean anyReaches(float threshold, int[] bits, int from, int to) {
        int greatest = Integer.MIN_VALUE;
        int least = Integer.MAX_VALUE;
        for (int i = from; i < to; i++) {
            int ordered = bits[i] ^ ((bits[i] >> 31) & LOWER);
            greatest = Math.max(greatest, ordered);
            least = Math.min(least, ordered);
        }
        int wanted = threshold == 0 ? NEGATIVE_ZERO : ordered(Float.floatToRawIntBits(threshold));
        return greatest >= wanted || least < LOWEST;
    }
}
