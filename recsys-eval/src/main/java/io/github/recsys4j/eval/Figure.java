package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.eval.metric.Direction;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One number of one recommender: a mean over cases, or a figure of all its lists together.
 *
 * @param value the mean over the cases where the metric is defined; for a {@linkplain
 *     io.github.recsys4j.eval.metric.ListMetric whole-list metric} its figure
 * @param standardError the standard error of the mean; empty for a whole-list metric, and with fewer than two users
 * @param interval where the mean would lie with other users; empty unless it was asked for, and for a whole-list
 *     metric
 * @param undefinedCases how many cases are left out of the mean, because the metric is undefined there
 * @param direction which way is better
 */
public record Figure(
        double value,
        OptionalDouble standardError,
        Optional<Interval> interval,
        int undefinedCases,
        Direction direction) {

    /**
     * Checks the value.
     *
     * @param value the mean or figure
     * @param standardError the standard error of the mean
     * @param interval where the mean would lie with other users
     * @param undefinedCases cases left out of the mean
     * @param direction which way is better
     * @throws IllegalArgumentException if the value is NaN
     */
    public Figure {
        checkArgument(!Double.isNaN(value), "value must be a number, got NaN");
    }

    /**
     * A value without error and interval, such as that of a whole-list metric.
     *
     * @param value the mean or figure
     * @param direction which way is better
     * @return the figure
     */
    public static Figure of(double value, Direction direction) {
        return new Figure(value, OptionalDouble.empty(), Optional.empty(), 0, direction);
    }

    Figure with(Interval other) {
        return new Figure(value, standardError, Optional.of(other), undefinedCases, direction);
    }
}
