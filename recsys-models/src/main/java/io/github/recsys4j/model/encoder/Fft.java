package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * The power spectrum of real signals of one length, in double precision.
 *
 * <p>A power of two is transformed by the radix-2 algorithm (Cooley and Tukey, 1965), any other length as a convolution
 * of the next power of two (Bluestein, 1970). Thread-safety: immutable; each call brings its own scratch.
 */
final class Fft {
    private final int size;
    private final int padded;
    private final double[] cosines;
    private final double[] sines;
    private final double[] chirpRe;
    private final double[] chirpIm;
    private final double[] kernelRe;
    private final double[] kernelIm;

    Fft(int size) {
        checkArgument(size >= 2, "size must be at least 2, got %s", size);
        this.size = size;
        boolean direct = Integer.bitCount(size) == 1;
        padded = direct ? size : Integer.highestOneBit(2 * size) * 2;
        cosines = new double[padded / 2];
        sines = new double[padded / 2];
        for (int i = 0; i < padded / 2; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / padded);
            sines[i] = -Math.sin(2 * Math.PI * i / padded);
        }
        chirpRe = new double[direct ? 0 : size];
        chirpIm = new double[chirpRe.length];
        kernelRe = new double[direct ? 0 : padded];
        kernelIm = new double[kernelRe.length];
        for (int i = 0; i < chirpRe.length; i++) {
            double angle = Math.PI * ((long) i * i % (2L * size)) / size;
            chirpRe[i] = Math.cos(angle);
            chirpIm[i] = Math.sin(angle);
            kernelRe[i] = chirpRe[i];
            kernelIm[i] = chirpIm[i];
            kernelRe[(padded - i) % padded] = chirpRe[i];
            kernelIm[(padded - i) % padded] = chirpIm[i];
        }
        if (!direct) {
            transform(kernelRe, kernelIm);
        }
    }

    /** How many doubles {@code re} and {@code im} must have. */
    int scratch() {
        return padded;
    }

    /**
     * Gives {@code |X[k]|^2} for k from 0 to size / 2.
     *
     * @param re the signal in its first {@code size} places; overwritten
     * @param im overwritten
     * @param power size / 2 + 1 values
     */
    void power(double[] re, double[] im, double[] power) {
        Arrays.fill(im, 0);
        if (padded == size) {
            transform(re, im);
        } else {
            bluestein(re, im);
        }
        for (int k = 0; k < power.length; k++) {
            power[k] = re[k] * re[k] + im[k] * im[k];
        }
    }

    /** Up to a phase, which the power does not know. */
    private void bluestein(double[] re, double[] im) {
        for (int i = 0; i < size; i++) {
            im[i] = -re[i] * chirpIm[i];
            re[i] *= chirpRe[i];
        }
        Arrays.fill(re, size, padded, 0);
        transform(re, im);
        for (int i = 0; i < padded; i++) {
            double real = re[i] * kernelRe[i] - im[i] * kernelIm[i];
            // The conjugate's transform is the inverse's conjugate.
            im[i] = -(re[i] * kernelIm[i] + im[i] * kernelRe[i]);
            re[i] = real;
        }
        transform(re, im);
        for (int i = 0; i < size; i++) {
            re[i] /= padded;
            im[i] /= padded;
        }
    }

    private void transform(double[] re, double[] im) {
        int shift = Integer.numberOfLeadingZeros(padded) + 1;
        for (int i = 0; i < padded; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j > i) {
                swap(re, i, j);
                swap(im, i, j);
            }
        }
        for (int width = 2; width <= padded; width *= 2) {
            int step = padded / width;
            for (int start = 0; start < padded; start += width) {
                butterflies(re, im, start, width / 2, step);
            }
        }
    }

    private void butterflies(double[] re, double[] im, int start, int half, int step) {
        for (int i = start, k = 0; i < start + half; i++, k += step) {
            int j = i + half;
            double real = re[j] * cosines[k] - im[j] * sines[k];
            double imaginary = re[j] * sines[k] + im[j] * cosines[k];
            re[j] = re[i] - real;
            im[j] = im[i] - imaginary;
            re[i] += real;
            im[i] += imaginary;
        }
    }

    private static void swap(double[] values, int i, int j) {
        double kept = values[i];
        values[i] = values[j];
        values[j] = kept;
    }
}
