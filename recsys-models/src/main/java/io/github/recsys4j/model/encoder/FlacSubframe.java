package io.github.recsys4j.model.encoder;

import java.util.Arrays;

/** Reads one channel of a frame: constant, verbatim, fixed or linear prediction with Rice-coded residuals. */
final class FlacSubframe {
    private static final int[][] FIXED = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};
    private static final int CONSTANT = 0;
    private static final int VERBATIM = 1;
    private static final int FIRST_FIXED = 8;
    private static final int FIRST_LINEAR = 32;

    private final BitReader bits;
    private final int size;

    FlacSubframe(BitReader bits, int size) {
        this.bits = bits;
        this.size = size;
    }

    void read(long[] samples, int depth) throws BrokenContentException {
        int header = bits.unsigned(8);
        int wasted = (header & 1) == 0 ? 0 : bits.unary() + 1;
        if (header >= 128 || wasted >= depth) {
            throw damaged();
        }
        decode(samples, (header >> 1) & 0x3f, depth - wasted);
        for (int i = 0; wasted > 0 && i < size; i++) {
            samples[i] <<= wasted;
        }
    }

    private void decode(long[] samples, int type, int depth) throws BrokenContentException {
        if (type == CONSTANT) {
            Arrays.fill(samples, 0, size, bits.signed(depth));
        } else if (type == VERBATIM) {
            warmUp(samples, size, depth);
        } else if (type >= FIRST_FIXED && type < FIRST_FIXED + FIXED.length) {
            int[] coefficients = FIXED[type - FIRST_FIXED];
            warmUp(samples, coefficients.length, depth);
            residuals(samples, coefficients.length);
            predict(samples, coefficients, 0);
        } else if (type >= FIRST_LINEAR) {
            linear(samples, type - FIRST_LINEAR + 1, depth);
        } else {
            throw damaged();
        }
    }

    private void linear(long[] samples, int order, int depth) throws BrokenContentException {
        warmUp(samples, order, depth);
        int precision = bits.unsigned(4) + 1;
        int shift = (int) bits.signed(5);
        if (precision == 16 || shift < 0) {
            throw damaged();
        }
        int[] coefficients = new int[order];
        for (int i = 0; i < order; i++) {
            coefficients[i] = (int) bits.signed(precision);
        }
        residuals(samples, order);
        predict(samples, coefficients, shift);
    }

    private void warmUp(long[] samples, int count, int depth) throws BrokenContentException {
        if (count > size) {
            throw damaged();
        }
        for (int i = 0; i < count; i++) {
            samples[i] = bits.signed(depth);
        }
    }

    private void residuals(long[] samples, int order) throws BrokenContentException {
        int method = bits.unsigned(2);
        int partitions = 1 << bits.unsigned(4);
        if (method > 1 || size % partitions != 0 || size / partitions < order) {
            throw damaged();
        }
        int width = method == 0 ? 4 : 5;
        int at = order;
        for (int partition = 1; partition <= partitions; partition++) {
            int end = size / partitions * partition;
            partition(samples, at, end, width);
            at = end;
        }
    }

    private void partition(long[] samples, int from, int end, int width) {
        int parameter = bits.unsigned(width);
        if (parameter == (1 << width) - 1) {
            int raw = bits.unsigned(5);
            for (int i = from; i < end; i++) {
                samples[i] = bits.signed(raw);
            }
            return;
        }
        for (int i = from; i < end; i++) {
            long folded = ((long) bits.unary() << parameter) | bits.unsigned(parameter);
            samples[i] = (folded >>> 1) ^ -(folded & 1);
        }
    }

    private void predict(long[] samples, int[] coefficients, int shift) {
        for (int i = coefficients.length; i < size; i++) {
            long sum = 0;
            for (int tap = 0; tap < coefficients.length; tap++) {
                sum += coefficients[tap] * samples[i - 1 - tap];
            }
            samples[i] += sum >> shift;
        }
    }

    private static BrokenContentException damaged() {
        return new BrokenContentException("the FLAC file is damaged: a channel is coded in a way that does not exist");
    }
}
