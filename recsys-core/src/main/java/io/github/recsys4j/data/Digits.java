package io.github.recsys4j.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads decimal digits eight at a time, without a branch that depends on how many there are: eight bytes are one
 * {@code long}, the bytes behind the last digit are shifted out, and three multiplications add up ones, tens and so
 * on within it (SIMD within a register).
 */
final class Digits {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD = Long.BYTES;
    private static final long ZEROS = 0x3030303030303030L;
    private static final long ABOVE_NINE = 0x7676767676767676L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Digits() {}

    /** The number that {@code bytes[from .. to - 1]} spell, or -1 if they are not 1 to 16 digits. */
    static long parse(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length < 1 || length > 2 * WORD || from + 2 * WORD > bytes.length) {
            return slowly(bytes, from, to);
        }
        if (length <= WORD) {
            return word(bytes, from, length);
        }
        long high = word(bytes, from, length - WORD);
        long low = word(bytes, to - WORD, WORD);
        return (high | low) < 0 ? -1 : high * 100_000_000 + low;
    }

    /** 1 to 8 digits, of which a whole word can be read; negative if one is none. */
    private static long word(byte[] bytes, int from, int length) {
        long digits = ((long) LONGS.get(bytes, from) ^ ZEROS) << (Long.SIZE - Byte.SIZE * length);
        if ((((digits + ABOVE_NINE) | digits) & HIGH_BITS) != 0) {
            return -1;
        }
        long pairs = (digits * 2561) >>> 8;
        long fours = ((pairs & 0x00FF00FF00FF00FFL) * 6553601) >>> 16;
        return ((fours & 0x0000FFFF0000FFFFL) * 42949672960001L) >>> 32;
    }

    private static long slowly(byte[] bytes, int from, int to) {
        if (to <= from || to - from > 2 * WORD) {
            return -1;
        }
        long number = 0;
        for (int at = from; at < to; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
