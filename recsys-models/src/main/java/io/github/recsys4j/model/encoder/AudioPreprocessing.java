package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.FloatBuffer;
import java.util.Optional;

/**
 * From a sound to the numbers that a network was trained on: one channel at the network's sampling rate, cut into
 * windows, and either the samples themselves or a log-mel spectrogram of each window. A folder says it in
 * {@code preprocessor_config.json}; for a bare ONNX file it is set in code:
 *
 * <pre>{@code
 * AudioPreprocessing.waveform(16_000).withWindow(15_600, 7_800)
 * }</pre>
 *
 * <p>A last window that is not full is filled up with silence, and left out where less than half of it would be sound
 * unless it is the only one. Thread-safety: immutable.
 */
public final class AudioPreprocessing {
    static final int DEFAULT_RATE = 16_000;

    private static final int WHISPER_SIZE = 400;
    private static final int WHISPER_HOP = 160;
    private static final double SMALLEST_VARIANCE = 1e-7;

    private final int rate;
    private final int window;
    private final int hop;
    private final boolean standardized;
    private final Optional<MelSpectrogram> mels;

    private AudioPreprocessing(int rate, int window, int hop, boolean standardized, Optional<MelSpectrogram> mels) {
        this.rate = rate;
        this.window = window;
        this.hop = hop;
        this.standardized = standardized;
        this.mels = mels;
    }

    /**
     * Gives the network the samples. The window is the size of the model's input, or ten seconds where that is free.
     *
     * @param rate samples a second that the network was trained on, 1 to 768,000
     * @return the preprocessing
     * @throws IllegalArgumentException if the rate is out of range
     */
    public static AudioPreprocessing waveform(int rate) {
        checkArgument(
                rate >= 1 && rate <= AudioDecoder.MAX_RATE,
                "rate must be 1 to %s samples a second, got %s",
                AudioDecoder.MAX_RATE,
                rate);
        return new AudioPreprocessing(rate, 0, 0, false, Optional.empty());
    }

    /**
     * Gives the network the log-mel spectrogram of Whisper and its relatives: 16 kHz, frames of 25 ms every 10 ms,
     * {@code [mels, frames]}.
     *
     * @param mels filters, 1 to 200
     * @param seconds of a window, 1 to 3600
     * @return the preprocessing
     * @throws IllegalArgumentException if a number is out of range
     */
    public static AudioPreprocessing whisper(int mels, int seconds) {
        checkArgument(mels >= 1 && mels <= 200, "mels must be 1 to 200, got %s", mels);
        checkArgument(seconds >= 1 && seconds <= 3600, "seconds must be 1 to 3600, got %s", seconds);
        MelSpectrogram spectrogram = new MelSpectrogram(
                new MelSpectrogram.Settings(DEFAULT_RATE, WHISPER_SIZE, WHISPER_HOP, mels, MelScale.SLANEY, true));
        int window = seconds * DEFAULT_RATE;
        return new AudioPreprocessing(DEFAULT_RATE, window, window, false, Optional.of(spectrogram));
    }

    /**
     * {@return the same with windows of another size}
     *
     * @param samples of a window, at least 1
     * @param distance samples from the beginning of one window to the next, at least 1
     * @throws IllegalArgumentException if a number is below 1
     */
    public AudioPreprocessing withWindow(int samples, int distance) {
        checkArgument(samples >= 1, "samples of a window must be at least 1, got %s", samples);
        checkArgument(distance >= 1, "distance of windows must be at least 1, got %s", distance);
        return new AudioPreprocessing(rate, samples, distance, standardized, mels);
    }

    /**
     * {@return the same with or without each window brought to mean 0 and variance 1}
     *
     * @param on whether it is
     */
    public AudioPreprocessing withStandardization(boolean on) {
        return new AudioPreprocessing(rate, window, hop, on, mels);
    }

    int rate() {
        return rate;
    }

    int window() {
        return window;
    }

    boolean spectral() {
        return mels.isPresent();
    }

    /** The shape of one window's numbers. */
    long[] shape() {
        return mels.map(spectrogram -> new long[] {
                    spectrogram.settings().mels(),
                    window / spectrogram.settings().hop()
                })
                .orElseGet(() -> new long[] {window});
    }

    /** One channel at the network's rate. */
    float[] prepare(Waveform sound) {
        return sound.at(rate).samples();
    }

    int windows(int samples) {
        if (samples <= window) {
            return 1;
        }
        int full = 1 + (samples - window) / hop;
        boolean uncovered = samples > (long) (full - 1) * hop + window;
        return uncovered && 2 * (samples - (long) full * hop) >= window ? full + 1 : full;
    }

    /** Writes one window of prepared samples. */
    void write(float[] samples, int index, FloatBuffer target, int offset) {
        float[] cut = new float[window];
        int start = index * hop;
        int length = Math.max(0, Math.min(window, samples.length - start));
        System.arraycopy(samples, start, cut, 0, length);
        if (standardized) {
            standardize(cut, length);
        }
        if (mels.isEmpty()) {
            target.put(offset, cut);
            return;
        }
        double[][] spectrogram = LogMel.dropLastFrame(mels.get().of(cut));
        LogMel.toWhisper(spectrogram);
        int at = offset;
        for (double[] row : spectrogram) {
            for (double value : row) {
                target.put(at++, (float) value);
            }
        }
    }

    private static void standardize(float[] samples, int length) {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < length; i++) {
            sum += samples[i];
            squares += (double) samples[i] * samples[i];
        }
        double mean = sum / Math.max(1, length);
        double deviation = Math.sqrt(squares / Math.max(1, length) - mean * mean + SMALLEST_VARIANCE);
        for (int i = 0; i < length; i++) {
            samples[i] = (float) ((samples[i] - mean) / deviation);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AudioPreprocessing that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return "AudioPreprocessing[" + rate + " Hz, window " + window + " every " + hop
                + (standardized ? ", standardized" : "")
                + mels.map(spectrogram -> ", whisper " + spectrogram.settings()).orElse("") + "]";
    }
}
