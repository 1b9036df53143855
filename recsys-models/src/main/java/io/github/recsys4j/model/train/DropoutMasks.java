package io.github.recsys4j.model.train;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.IntBuffer;
import java.util.SplittableRandom;

/**
 * Masks that are 0 with the dropout's probability and 1 / (1 - p) elsewhere. Each element is a hash of its place and
 * of two keys drawn for the mask, so that a mask depends on nothing but the key of the pass: libtorch's generator,
 * which is global, serial and took longer than the rest of a training step, is not used.
 *
 * <p>The hash is the two-round multiply-xorshift of Wellons (2018, "Prospecting for Hash Functions"), the second key
 * added between the rounds; the probability is exact to 2^-31.
 */
final class DropoutMasks {
    private static final int BLOCK = 1 << 12;
    private static final int GOLDEN = 0x9E3779B9;
    private static final int[] RAMP = ramp();

    private final SplittableRandom keys;
    private final DirectMemory memory;
    private final int[] block = new int[BLOCK];

    DropoutMasks(long key, DirectMemory memory) {
        this.keys = new SplittableRandom(key);
        this.memory = memory;
    }

    /** A mask of the shape, 32-bit or 64-bit floats, in memory of the pass. */
    PtNDArray next(PtNDManager manager, Shape shape, double probability, DataType type) {
        int size = Math.toIntExact(shape.size());
        ByteBuffer bytes = memory.take(Math.multiplyExact(size, type.getNumOfBytes()));
        int first = keys.nextInt();
        int second = keys.nextInt();
        int threshold = (int) (probability * (1L << 31));
        float kept = (float) (1 / (1 - probability));
        if (type == DataType.FLOAT64) {
            fill(bytes.asDoubleBuffer(), first, second, threshold, kept);
        } else {
            fill(bytes.asIntBuffer(), first, second, threshold, Float.floatToRawIntBits(kept));
        }
        return manager.create(bytes, shape, type);
    }

    private void fill(IntBuffer out, int first, int second, int threshold, int kept) {
        for (int start = 0; out.hasRemaining(); start += BLOCK) {
            hash(start * GOLDEN + first, second, threshold, kept);
            out.put(block, 0, Math.min(BLOCK, out.remaining()));
        }
    }

    private void fill(DoubleBuffer out, int first, int second, int threshold, float kept) {
        for (int start = 0; out.hasRemaining(); start += BLOCK) {
            hash(start * GOLDEN + first, second, threshold, Float.floatToRawIntBits(kept));
            for (int i = 0; i < BLOCK && out.hasRemaining(); i++) {
                out.put(Float.intBitsToFloat(block[i]));
            }
        }
    }

    /** Branch-free over integers, so that the compiler turns it into vector instructions. */
    private void hash(int base, int second, int threshold, int kept) {
        for (int i = 0; i < BLOCK; i++) {
            int z = RAMP[i] + base;
            z = (z ^ (z >>> 16)) * 0x21F0AAAD + second;
            z = (z ^ (z >>> 15)) * 0x735A2D97;
            z ^= z >>> 15;
            block[i] = ((threshold - 1 - (z >>> 1)) >> 31) & kept;
        }
    }

    private static int[] ramp() {
        int[] ramp = new int[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            ramp[i] = i * GOLDEN;
        }
        return ramp;
    }
}
