package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How vectors are compared with the items of others that are computed with them: InfoNCE. Columns that hold the row's
 * own item once more are always masked; they would be called wrong for being right.
 *
 * @param temperature what scores are divided by, &gt; 0
 * @param cosine whether vectors are brought to length 1 first; item vectors are then served at length 1 too
 * @param symmetric whether items are also told which vector is theirs: the mean of both directions, as in CLIP
 * @param logQ the correction for popularity; positive-aware only one-sided
 * @param maskSameUser whether the other items of the same user's sequence are masked: they are no mistakes either
 */
public record InBatch(double temperature, boolean cosine, boolean symmetric, LogQ logQ, boolean maskSameUser) {

    /**
     * Checks the settings.
     *
     * @param temperature &gt; 0
     * @param cosine whether vectors have length 1
     * @param symmetric whether both directions count
     * @param logQ the correction
     * @param maskSameUser whether a user's other items are masked
     */
    public InBatch {
        checkArgument(
                temperature > 0 && Double.isFinite(temperature),
                "temperature must be greater than 0 and finite, given %s",
                temperature);
        checkArgument(
                !(symmetric && logQ == LogQ.POSITIVE_AWARE),
                "logQ POSITIVE_AWARE is defined for one direction: use it one-sided, or STANDARD with symmetric");
    }

    /**
     * {@return one-sided InfoNCE between vectors of length 1, standard correction, other items of a user masked}
     *
     * @param temperature &gt; 0, such as 0.07
     */
    public static InBatch oneSided(double temperature) {
        return new InBatch(temperature, true, false, LogQ.STANDARD, true);
    }

    /**
     * {@return symmetric InfoNCE between vectors of length 1, standard correction, other items of a user masked}
     *
     * @param temperature &gt; 0, such as 0.07
     */
    public static InBatch symmetric(double temperature) {
        return new InBatch(temperature, true, true, LogQ.STANDARD, true);
    }

    /**
     * {@return the same with another correction}
     *
     * @param value what is done about popularity
     */
    public InBatch withLogQ(LogQ value) {
        return new InBatch(temperature, cosine, symmetric, value, maskSameUser);
    }

    /**
     * {@return the same with inner products instead of cosines, or the other way round}
     *
     * @param value whether vectors have length 1
     */
    public InBatch withCosine(boolean value) {
        return new InBatch(temperature, value, symmetric, logQ, maskSameUser);
    }
}
