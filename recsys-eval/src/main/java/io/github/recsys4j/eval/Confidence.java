package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How sure a report is: the level of its intervals and verdicts, and the draws behind them.
 *
 * <p>Intervals are percentile bootstrap intervals over users: the users are drawn with replacement
 * {@code resamples} times, the same draws for every metric and recommender, and the interval ends at the quantiles
 * {@code (1 - level) / 2} and {@code (1 + level) / 2} of the means. Pairs are tested by the paired test over users,
 * and the p-values of all pairs in one metric are corrected by Holm's method. A user with several cases is drawn
 * with all of them.
 *
 * @param level between 0 and 1; a verdict needs an adjusted p-value below {@code 1 - level}
 * @param resamples how often users are drawn, at least 100
 * @param test how pairs are tested
 * @param seed of the draws; the same seed gives the same numbers for any number of threads
 * @see <a href="https://www.jstor.org/stable/4615733">Holm, A Simple Sequentially Rejective Multiple Test Procedure,
 *     Scandinavian Journal of Statistics 1979</a>
 */
public record Confidence(double level, int resamples, PairedTest test, long seed) {

    /** How often users are drawn unless said otherwise. */
    public static final int DEFAULT_RESAMPLES = 1000;

    /**
     * Checks the settings.
     *
     * @param level between 0 and 1
     * @param resamples how often users are drawn
     * @param test how pairs are tested
     * @param seed of the draws
     * @throws IllegalArgumentException if the level is no share, or there are fewer than 100 resamples
     */
    public Confidence {
        checkArgument(level > 0 && level < 1, "level must be between 0 and 1, such as 0.95, got %s", level);
        checkArgument(
                resamples >= 100, "resamples must be at least 100, got %s: fewer have no tails to read", resamples);
    }

    /** {@return 95 %, 1,000 resamples, the paired t-test, seed 42} */
    public static Confidence standard() {
        return new Confidence(0.95, DEFAULT_RESAMPLES, PairedTest.T, 42);
    }
}
