package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How vectors are compared with the items of others that are computed with them: InfoNCE.
 *
 * @param temperature what scores are divided by, &gt; 0
 * @param learned whether the temperature is trained as well, from that one on, as in CLIP: {@code 1 / temperature} is
 *     the exponential of a parameter and at most 100
 * @param cosine whether vectors are brought to length 1 first; item vectors are then served at length 1 too
 * @param symmetric whether items are also told which vector is theirs: the mean of both directions, as in CLIP
 * @param logQ the correction for popularity; positive-aware only one-sided
 * @param accidentalHits which columns are masked
 * @param hardNegatives how many negatives a row is compared with, those of the highest corrected scores; 0 for all
 */
public record InBatch(
        double temperature,
        boolean learned,
        boolean cosine,
        boolean symmetric,
        LogQ logQ,
        AccidentalHits accidentalHits,
        int hardNegatives) {
    /** As CLIP bounds its learned scale. */
    static final double LARGEST_SCALE = 100;

    /**
     * Checks the settings.
     *
     * @param temperature &gt; 0, at least 0.01 where it is learned
     * @param learned whether it is trained as well
     * @param cosine whether vectors have length 1
     * @param symmetric whether both directions count
     * @param logQ the correction
     * @param accidentalHits which columns are masked
     * @param hardNegatives how many negatives count, at least 0
     */
    public InBatch {
        checkArgument(
                temperature > 0 && Double.isFinite(temperature),
                "temperature must be greater than 0 and finite, given %s",
                temperature);
        checkArgument(
                !learned || temperature >= 1 / LARGEST_SCALE,
                "a learned temperature must begin at 0.01 or more, given %s",
                temperature);
        checkArgument(
                !(symmetric && logQ == LogQ.POSITIVE_AWARE),
                "logQ POSITIVE_AWARE is defined for one direction: use it one-sided, or STANDARD with symmetric");
        checkArgument(hardNegatives >= 0, "hardNegatives must be at least 0, given %s", hardNegatives);
        checkArgument(
                hardNegatives == 0 || logQ != LogQ.POSITIVE_AWARE,
                "logQ POSITIVE_AWARE estimates a sum over all items and needs all negatives: use STANDARD or NONE with"
                        + " hardNegatives, given %s",
                hardNegatives);
    }

    /**
     * {@return one-sided InfoNCE between vectors of length 1, standard correction, other items of a user masked}
     *
     * @param temperature &gt; 0, such as 0.07
     */
    public static InBatch oneSided(double temperature) {
        return new InBatch(temperature, false, true, false, LogQ.STANDARD, AccidentalHits.SAME_USER, 0);
    }

    /**
     * {@return symmetric InfoNCE between vectors of length 1, standard correction, other items of a user masked}
     *
     * @param temperature &gt; 0, such as 0.07
     */
    public static InBatch symmetric(double temperature) {
        return new InBatch(temperature, false, true, true, LogQ.STANDARD, AccidentalHits.SAME_USER, 0);
    }

    /**
     * {@return the same with another temperature}
     *
     * @param value &gt; 0
     */
    public InBatch withTemperature(double value) {
        return new InBatch(value, learned, cosine, symmetric, logQ, accidentalHits, hardNegatives);
    }

    /**
     * {@return the same with a temperature that is trained from its value on, or kept}
     *
     * @param value whether it is trained
     */
    public InBatch withLearnedTemperature(boolean value) {
        return new InBatch(temperature, value, cosine, symmetric, logQ, accidentalHits, hardNegatives);
    }

    /**
     * {@return the same with inner products instead of cosines, or the other way round}
     *
     * @param value whether vectors have length 1
     */
    public InBatch withCosine(boolean value) {
        return new InBatch(temperature, learned, value, symmetric, logQ, accidentalHits, hardNegatives);
    }

    /**
     * {@return the same with another correction}
     *
     * @param value what is done about popularity
     */
    public InBatch withLogQ(LogQ value) {
        return new InBatch(temperature, learned, cosine, symmetric, value, accidentalHits, hardNegatives);
    }

    /**
     * {@return the same with other columns masked}
     *
     * @param value which are no negatives
     */
    public InBatch withAccidentalHits(AccidentalHits value) {
        return new InBatch(temperature, learned, cosine, symmetric, logQ, value, hardNegatives);
    }

    /**
     * {@return the same that compares each row with its hardest negatives only}
     *
     * @param value how many, those of the highest scores after corrections and masks; 0 for all
     */
    public InBatch withHardNegatives(int value) {
        return new InBatch(temperature, learned, cosine, symmetric, logQ, accidentalHits, value);
    }
}
