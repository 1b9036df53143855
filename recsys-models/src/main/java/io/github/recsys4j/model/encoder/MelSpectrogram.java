package io.github.recsys4j.model.encoder;

/**
 * The power mel spectrogram of a sound: Hann-windowed spectra of overlapping frames, weighed by triangles on a scale of
 * pitch. Equals {@code librosa.feature.melspectrogram} with {@code center=True} to float32 rounding.
 *
 * <p>Thread-safety: immutable.
 */
final class MelSpectrogram {
    private final Settings settings;
    private final Fft fft;
    private final double[] window;
    private final int[] firstBin;
    private final double[][] filters;

    /**
     * How to make one.
     *
     * @param size samples of a frame
     * @param hop samples from one frame to the next
     * @param mels filters from 0 Hz to half the rate
     * @param mirrored whether the sound is mirrored at its ends, else silence is put around it
     */
    record Settings(int rate, int size, int hop, int mels, MelScale scale, boolean mirrored) {}

    MelSpectrogram(Settings settings) {
        this.settings = settings;
        fft = new Fft(settings.size);
        window = new double[settings.size];
        for (int i = 0; i < window.length; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window.length);
        }
        firstBin = new int[settings.mels];
        filters = new double[settings.mels][];
        double top = settings.scale.mel(settings.rate / 2.0);
        for (int mel = 0; mel < settings.mels; mel++) {
            double low = settings.scale.hertz(top * mel / (settings.mels + 1));
            double centre = settings.scale.hertz(top * (mel + 1) / (settings.mels + 1));
            double high = settings.scale.hertz(top * (mel + 2) / (settings.mels + 1));
            filters[mel] = filter(mel, low, centre, high);
        }
    }

    private double[] filter(int mel, double low, double centre, double high) {
        double spacing = (double) settings.rate / settings.size;
        int bins = settings.size / 2 + 1;
        firstBin[mel] = Math.min(bins, (int) Math.ceil(low / spacing));
        int end = Math.min(bins, (int) Math.floor(high / spacing) + 1);
        double[] weights = new double[Math.max(0, end - firstBin[mel])];
        for (int i = 0; i < weights.length; i++) {
            double hertz = (firstBin[mel] + i) * spacing;
            double rising = (hertz - low) / (centre - low);
            double falling = (high - hertz) / (high - centre);
            weights[i] = Math.max(0, Math.min(rising, falling)) * settings.scale.weight(low, high);
        }
        return weights;
    }

    Settings settings() {
        return settings;
    }

    int frames(int samples) {
        return 1 + (samples + 2 * (settings.size / 2) - settings.size) / settings.hop;
    }

    /** Gives {@code [mels][frames]}. */
    double[][] of(float[] samples) {
        int frames = frames(samples.length);
        double[][] result = new double[settings.mels][frames];
        double[] re = new double[fft.scratch()];
        double[] im = new double[fft.scratch()];
        double[] power = new double[settings.size / 2 + 1];
        for (int frame = 0; frame < frames; frame++) {
            int start = frame * settings.hop - settings.size / 2;
            for (int i = 0; i < settings.size; i++) {
                re[i] = window[i] * at(samples, start + i);
            }
            fft.power(re, im, power);
            for (int mel = 0; mel < settings.mels; mel++) {
                result[mel][frame] = dot(filters[mel], power, firstBin[mel]);
            }
        }
        return result;
    }

    private static double dot(double[] weights, double[] power, int from) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * power[from + i];
        }
        return sum;
    }

    private double at(float[] samples, int index) {
        if (index >= 0 && index < samples.length) {
            return samples[index];
        }
        if (!settings.mirrored || samples.length < 2) {
            return 0;
        }
        int period = 2 * (samples.length - 1);
        int place = Math.floorMod(index, period);
        return samples[Math.min(place, period - place)];
    }
}
