package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A mean and where it would lie, at the level's odds, had other users of the same kind been drawn.
 *
 * <p>A percentile bootstrap interval: users are drawn again with replacement, and {@code low} and {@code high} are
 * quantiles of the means that result ({@link Confidence}).
 *
 * @param mean the mean over all cases
 * @param low the lower end, at most {@code high}
 * @param high the upper end
 * @param level the share of such intervals that hold the true mean, between 0 and 1, such as 0.95
 * @see <a href="https://doi.org/10.1214/aos/1176344552">Efron, Bootstrap Methods: Another Look at the Jackknife,
 *     Annals of Statistics 1979</a>
 */
public record Interval(double mean, double low, double high, double level) {

    /**
     * Checks order and level.
     *
     * @param mean the mean over all cases
     * @param low the lower end
     * @param high the upper end
     * @param level between 0 and 1
     * @throws IllegalArgumentException if {@code low} is above {@code high}, or the level is no share
     */
    public Interval {
        checkArgument(low <= high, "low must be at most high, got %s and %s", low, high);
        checkArgument(level > 0 && level < 1, "level must be between 0 and 1, such as 0.95, got %s", level);
    }

    /**
     * {@return whether a value lies within the ends}
     *
     * @param value such as 0 for a difference
     */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }
}
