package io.github.recsys4j.model.encoder;

import java.math.BigInteger;

/**
 * Changes a sampling rate by a rational factor: a windowed sinc below the lower of both Nyquist frequencies, of which
 * only the taps that fall on samples are computed.
 *
 * <p>Kaiser window with beta 5, ten zero crossings to each side: the defaults of {@code scipy.signal.resample_poly},
 * which {@code librosa.resample(res_type="polyphase")} calls. Source: Crochiere and Rabiner, Multirate Digital Signal
 * Processing, 1983, chapter 4.
 */
final class PolyphaseResampler {
    private static final double BETA = 5;
    private static final int CROSSINGS = 10;

    private final int up;
    private final int down;
    private final int half;
    private final double[] filter;

    PolyphaseResampler(int from, int to) {
        int common = BigInteger.valueOf(from).gcd(BigInteger.valueOf(to)).intValue();
        up = to / common;
        down = from / common;
        int slower = Math.max(up, down);
        half = CROSSINGS * slower;
        filter = new double[2 * half + 1];
        double sum = 0;
        for (int i = 0; i < filter.length; i++) {
            double x = (double) (i - half) / slower;
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double place = (double) (i - half) / half;
            filter[i] = sinc * bessel(BETA * Math.sqrt(1 - place * place));
            sum += filter[i];
        }
        for (int i = 0; i < filter.length; i++) {
            filter[i] *= up / sum;
        }
    }

    /** The modified Bessel function of order 0. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    float[] resample(float[] samples) {
        int length = Math.toIntExact(((long) samples.length * up + down - 1) / down);
        float[] result = new float[length];
        for (int i = 0; i < length; i++) {
            long centre = (long) i * down;
            long first = Math.max(0, -Math.floorDiv(half - centre, (long) up));
            long last = Math.min(samples.length - 1, Math.floorDiv(centre + half, (long) up));
            double sum = 0;
            for (long k = first; k <= last; k++) {
                sum += samples[(int) k] * filter[(int) (centre - k * up) + half];
            }
            result[i] = (float) sum;
        }
        return result;
    }
}
