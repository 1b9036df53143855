package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;

/**
 * How a {@link RecommenderSlot} looks after a model that has just taken the place of another: for some time the one before
 * stays ready. A request that fails on the new one is answered by the one before, and too many of them bring it back.
 *
 * @param period how long the model before stays in memory, above zero
 * @param failures how many failed requests bring it back, at least 1
 */
public record SwapWatch(Duration period, int failures) {

    /**
     * Checks the settings.
     *
     * @param period how long the model before stays in memory
     * @param failures how many failed requests bring it back
     * @throws IllegalArgumentException if the period is not above zero or {@code failures} is below 1
     */
    public SwapWatch {
        checkArgument(!period.isNegative() && !period.isZero(), "period must be above zero, got %s", period);
        checkArgument(failures >= 1, "failures must be at least 1, got %s", failures);
    }

    /** {@return five minutes, in which three failed requests bring the model before back} */
    public static SwapWatch standard() {
        return new SwapWatch(Duration.ofMinutes(5), 3);
    }
}
