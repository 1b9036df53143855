package io.github.recsys4j.eval.report;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * A line of a chart.
 *
 * @param name what it shows
 * @param x where, ascending, such as epochs or cut-offs
 * @param y how much, one value per place, finite
 */
public record Curve(String name, List<Double> x, List<Double> y) {

    /**
     * Copies the values.
     *
     * @param name what it shows
     * @param x where
     * @param y how much
     * @throws IllegalArgumentException if the lengths differ, or there is no value
     */
    public Curve {
        x = List.copyOf(x);
        y = List.copyOf(y);
        checkArgument(
                !x.isEmpty() && x.size() == y.size(),
                "curve \"%s\" must have as many values as places, at least one, got %s and %s",
                name,
                y.size(),
                x.size());
    }
}
