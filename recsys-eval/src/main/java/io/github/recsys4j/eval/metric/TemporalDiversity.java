package io.github.recsys4j.eval.metric;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How far the items of a list lie apart in time: the standard deviation, in days, of when they were first seen.
 *
 * <p>Over the first {@code k} items that training holds, divided by their number (population form); undefined without
 * any. At least 0. Lathia et al. use the name for the change between a user's successive lists.
 *
 * @see <a href="https://doi.org/10.1145/1835449.1835486">Lathia et al., Temporal Diversity in Recommender Systems,
 *     SIGIR 2010 (the other one)</a>
 */
record TemporalDiversity(int k, ItemTimes times) implements Metric {
    private static final double DAY = TimeUnit.DAYS.toMillis(1);

    TemporalDiversity {
        Cutoffs.check("TemporalDiversity", k);
    }

    @Override
    public String label() {
        return "TemporalDiversity@" + k;
    }

    @Override
    public String definition() {
        return "standard deviation of the first " + k + " items' first times, in days";
    }

    @Override
    public Direction direction() {
        return Direction.NEUTRAL;
    }

    @Override
    public double weight(Judged judged) {
        return days(judged).length > 0 ? 1 : 0;
    }

    @Override
    public double measure(Judged judged) {
        return deviation(days(judged));
    }

    private double[] days(Judged judged) {
        return Arrays.stream(judged.top(k))
                .mapToLong(times::first)
                .filter(time -> time != ItemTimes.NEVER_SEEN)
                .mapToDouble(time -> time / DAY)
                .toArray();
    }

    static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(Double.NaN));
    }
}
