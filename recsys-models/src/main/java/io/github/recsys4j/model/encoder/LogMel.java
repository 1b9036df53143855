package io.github.recsys4j.model.encoder;

import java.util.Arrays;

/** What is made of a mel spectrogram, in place or beside it. */
final class LogMel {
    private static final double SMALLEST = 1e-10;
    private static final double DYNAMIC_RANGE = 80;
    private static final double WHISPER_RANGE = 8;

    private LogMel() {}

    /** Decibels, at most 80 below the loudest value: {@code librosa.power_to_db}. */
    static void toDecibels(double[][] mels) {
        logarithm(mels, 10, DYNAMIC_RANGE);
    }

    /** The scaled logarithm that Whisper was trained on, about -1 ... 1. */
    static void toWhisper(double[][] mels) {
        logarithm(mels, 1, WHISPER_RANGE);
        for (double[] row : mels) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (row[i] + 4) / 4;
            }
        }
    }

    private static void logarithm(double[][] mels, double factor, double range) {
        double highest = Double.NEGATIVE_INFINITY;
        for (double[] row : mels) {
            for (int i = 0; i < row.length; i++) {
                row[i] = factor * Math.log10(Math.max(SMALLEST, row[i]));
                highest = Math.max(highest, row[i]);
            }
        }
        for (double[] row : mels) {
            for (int i = 0; i < row.length; i++) {
                row[i] = Math.max(row[i], highest - range);
            }
        }
    }

    /** The orthonormal type-2 cosine transform over the filters: mel-frequency cepstral coefficients. */
    static double[][] cepstrum(double[][] decibels, int count) {
        int mels = decibels.length;
        double[][] result = new double[count][decibels[0].length];
        for (int k = 0; k < count; k++) {
            double norm = Math.sqrt((k == 0 ? 1.0 : 2.0) / mels);
            for (int mel = 0; mel < mels; mel++) {
                double weight = norm * Math.cos(Math.PI * k * (2 * mel + 1) / (2.0 * mels));
                for (int frame = 0; frame < result[k].length; frame++) {
                    result[k][frame] += weight * decibels[mel][frame];
                }
            }
        }
        return result;
    }

    static double[][] dropLastFrame(double[][] mels) {
        return Arrays.stream(mels)
                .map(row -> Arrays.copyOf(row, row.length - 1))
                .toArray(double[][]::new);
    }
}
