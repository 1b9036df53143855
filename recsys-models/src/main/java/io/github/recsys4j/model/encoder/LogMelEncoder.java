package io.github.recsys4j.model.encoder;

import io.github.recsys4j.feature.AudioEncoder;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.Modality;
import java.util.List;

/**
 * Describes a sound without any network: its timbre, how much that varies, and how fast. Nothing is learnt and nothing
 * is downloaded. It tells rain from a clock and a low voice from a high one; it does not know words or melodies. For
 * more, load an {@link OnnxAudioEncoder}.
 *
 * <p>The sound (WAV or FLAC) is brought to 16 kHz; of its 64-band log-mel spectrogram in decibels below the loudest
 * value (frames of 64 ms every 32 ms, the Slaney scale) each band gives its mean over time, about the mean of all bands,
 * its standard deviation, and the mean size of its steps from frame to frame, about usual values and in comparable units
 * (20, 8 and 4 dB). Loudness does not matter. The 192 numbers together have length 1.
 *
 * <p>Deterministic on one machine; the logarithm may round differently on another. Thread-safety: no state.
 */
public final class LogMelEncoder implements AudioEncoder {
    private static final int RATE = 16_000;
    private static final int FRAME = 1024;
    private static final int MELS = 64;
    private static final int DIM = 3 * MELS;
    private static final double MEAN_UNIT = 20;
    private static final double DEVIATION = 8;
    private static final double STEP = 4;

    private final MelSpectrogram spectrogram =
            new MelSpectrogram(new MelSpectrogram.Settings(RATE, FRAME, FRAME / 2, MELS, MelScale.SLANEY, false));
    private final EncoderInfo info = new EncoderInfo(
            "log-mel", Modality.AUDIO, DIM, new Sha256().words("log mel", 1).hex());

    private LogMelEncoder() {}

    /** {@return the encoder; there is only one kind} */
    public static LogMelEncoder create() {
        return new LogMelEncoder();
    }

    @Override
    public EncoderInfo info() {
        return info;
    }

    @Override
    public float[] encode(List<? extends byte[]> inputs) {
        return BuiltIns.rows(inputs, DIM, this::describe);
    }

    private void describe(byte[] file, float[] target, int offset) throws BrokenContentException {
        float[] samples = AudioDecoder.decode(file).at(RATE).samples();
        double[][] mels = spectrogram.of(samples);
        LogMel.toDecibels(mels);
        double middle = 0;
        for (int mel = 0; mel < MELS; mel++) {
            double mean = mean(mels[mel]);
            middle += mean / MELS;
            target[offset + mel] = (float) mean;
            target[offset + MELS + mel] = (float) (deviation(mels[mel], mean) / DEVIATION - 1);
            target[offset + 2 * MELS + mel] = (float) (steps(mels[mel]) / STEP - 1);
        }
        for (int mel = 0; mel < MELS; mel++) {
            target[offset + mel] = (float) ((target[offset + mel] - middle) / MEAN_UNIT);
        }
        BuiltIns.scale(target, offset, DIM, 1);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        return Math.sqrt(squares / values.length);
    }

    private static double steps(double[] values) {
        double sum = 0;
        for (int i = 1; i < values.length; i++) {
            sum += Math.abs(values[i] - values[i - 1]);
        }
        return sum / Math.max(1, values.length - 1);
    }

    @Override
    public void close() {
        // nothing is held
    }

    @Override
    public String toString() {
        return "LogMelEncoder[" + info + "]";
    }
}
