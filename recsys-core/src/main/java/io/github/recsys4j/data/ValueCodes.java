package io.github.recsys4j.data;

import java.util.Arrays;

/** Numbers up to 256 distinct floats in the order of their first appearance. Not thread-safe. */
final class ValueCodes {
    private static final int MAX = 256;
    private static final int SLOTS = 1024;

    private final float[] values = new float[MAX];
    private final short[] slots = new short[SLOTS];
    private int size;

    /** The value's number, or -1 if it would be the 257th. */
    int codeOf(float value) {
        int bits = Float.floatToRawIntBits(value);
        int slot = (bits * 0x9E3779B9) >>> 22;
        while (slots[slot] != 0 && Float.floatToRawIntBits(values[slots[slot] - 1]) != bits) {
            slot = (slot + 1) & (SLOTS - 1);
        }
        if (slots[slot] == 0) {
            if (size == MAX) {
                return -1;
            }
            values[size++] = value;
            slots[slot] = (short) size;
        }
        return slots[slot] - 1;
    }

    float[] values() {
        return Arrays.copyOf(values, size);
    }
}
