package io.github.recsys4j.model.encoder;

/** Reads bits from the highest of each byte on. Past the end it throws {@link IndexOutOfBoundsException}. */
final class BitReader {
    private final byte[] bytes;
    private int at;
    private long window;
    private int available;

    BitReader(byte[] bytes, int from) {
        this.bytes = bytes;
        at = from;
    }

    /** Where the next whole byte lies; call it between bytes only. */
    int position() {
        return at - available / 8;
    }

    void alignToByte() {
        available -= available % 8;
    }

    int unsigned(int count) {
        if (count == 0) {
            return 0;
        }
        while (available < count) {
            window = (window << 8) | (bytes[at++] & 0xff);
            available += 8;
        }
        available -= count;
        return (int) ((window >>> available) & ((1L << count) - 1));
    }

    /** Up to 33 bits, in two's complement. */
    long signed(int count) {
        if (count == 0) {
            return 0;
        }
        long value = count <= 32 ? unsigned(count) & 0xffffffffL : ((long) unsigned(count - 16) << 16) | unsigned(16);
        return value << (64 - count) >> (64 - count);
    }

    /** Counts zeros up to the next one, and takes the one. */
    int unary() {
        int zeros = 0;
        while (unsigned(1) == 0) {
            zeros++;
        }
        return zeros;
    }
}
