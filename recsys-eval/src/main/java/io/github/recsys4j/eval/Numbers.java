package io.github.recsys4j.eval;

import java.util.Locale;

/** Numbers as reports print them. */
public final class Numbers {
    private Numbers() {}

    /**
     * {@return a number with four digits behind the point, fewer where it is large}
     *
     * @param value such as a mean
     */
    public static String text(double value) {
        String format = Math.abs(value) >= 1000 ? "%.0f" : Math.abs(value) >= 10 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }

    /**
     * {@return the same with its sign}
     *
     * @param value such as a difference
     */
    public static String signed(double value) {
        return (value < 0 ? "" : "+") + text(value);
    }

    /**
     * {@return an interval in words}
     *
     * @param interval where a mean or a difference lies
     */
    public static String text(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.0f %% interval [%s, %s]",
                100 * interval.level(),
                text(interval.low()),
                text(interval.high()));
    }

    /**
     * {@return the adjusted p-value of a comparison, such as {@code p = 0.0312} or {@code p < 0.0001}}
     *
     * @param pair two models in a metric
     */
    public static String pValue(Comparison pair) {
        double p = pair.significance().adjustedPValue();
        return p < 1e-4 ? "p < 0.0001" : String.format(Locale.ROOT, "p = %.4f", p);
    }
}
