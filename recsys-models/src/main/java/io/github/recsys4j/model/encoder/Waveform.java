package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkArgument;

/** A sound with one channel: samples in -1 ... 1, so many a second. */
final class Waveform {
    private final int rate;
    private final float[] samples;

    Waveform(int rate, float[] samples) {
        checkArgument(rate >= 1, "rate must be at least 1 sample a second, got %s", rate);
        this.rate = rate;
        this.samples = samples;
    }

    int rate() {
        return rate;
    }

    /** The samples inside, not a copy. */
    float[] samples() {
        return samples;
    }

    Waveform at(int otherRate) {
        return rate == otherRate
                ? this
                : new Waveform(otherRate, new PolyphaseResampler(rate, otherRate).resample(samples));
    }
}
