package io.github.recsys4j.model.encoder;

/** Two usual scales of pitch, with the weights that go with them. */
enum MelScale {
    /** Linear below 1 kHz, logarithmic above; each filter has area 1 (Slaney, Auditory Toolbox, 1998). */
    SLANEY,
    /** {@code 2595 log10(1 + f / 700)}; each filter has height 1 (HTK, O'Shaughnessy 1987). */
    HTK;

    private static final double LINEAR = 200 / 3.0;
    private static final double BREAK = 1000;
    private static final double STEP = Math.log(6.4) / 27;

    double mel(double hertz) {
        if (this == HTK) {
            return 2595 * Math.log10(1 + hertz / 700);
        }
        return hertz < BREAK ? hertz / LINEAR : BREAK / LINEAR + Math.log(hertz / BREAK) / STEP;
    }

    double hertz(double mel) {
        if (this == HTK) {
            return 700 * (Math.pow(10, mel / 2595) - 1);
        }
        return mel < BREAK / LINEAR ? mel * LINEAR : BREAK * Math.exp(STEP * (mel - BREAK / LINEAR));
    }

    double weight(double low, double high) {
        return this == HTK ? 1 : 2 / (high - low);
    }
}
