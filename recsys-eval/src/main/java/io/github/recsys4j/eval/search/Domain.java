package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.List;

/** What values a parameter may take. */
sealed interface Domain {

    /** {@return whether a value, as {@link Settings} hold it, is one of these} */
    boolean contains(Object value);

    /** {@return the value at a place of the unit interval; places spread evenly give values spread by the scale} */
    Object at(double unit);

    /**
     * An interval, which the unit interval is stretched onto, through the logarithm if so wished. Whole numbers each
     * own an equal part of it (on the scale).
     */
    record Range(double low, double high, boolean log, boolean whole) implements Domain {
        public Range {
            checkArgument(
                    Double.isFinite(low) && Double.isFinite(high) && low < high,
                    "range must have finite bounds, the first below the second, got %s and %s",
                    low,
                    high);
            checkArgument(
                    !log || low > 0, "range on a logarithmic scale must begin above 0, got %s: use a linear one", low);
        }

        @Override
        public boolean contains(Object value) {
            return value instanceof Number number
                    && number.doubleValue() >= low
                    && number.doubleValue() <= high
                    && (!whole || value instanceof Long);
        }

        @Override
        public Object at(double unit) {
            double value = fromScale(scaleLow() + unit * (scaleHigh() - scaleLow()));
            double within = Math.max(low, Math.min(high, whole ? Math.rint(value) : legible(value)));
            return whole ? (Object) Long.valueOf((long) within) : (Object) Double.valueOf(within);
        }

        /** Six digits are more than any setting needs, and people copy them. */
        private static double legible(double value) {
            return value == 0
                    ? 0
                    : new BigDecimal(value).round(new MathContext(6)).doubleValue();
        }

        /** {@return the place of a value in the unit interval; the middle of its part for a whole number} */
        double unit(Object value) {
            return (toScale(((Number) value).doubleValue()) - scaleLow()) / (scaleHigh() - scaleLow());
        }

        private double scaleLow() {
            return toScale(whole ? low - 0.5 : low);
        }

        private double scaleHigh() {
            return toScale(whole ? high + 0.5 : high);
        }

        private double toScale(double value) {
            return log ? Math.log(value) : value;
        }

        private double fromScale(double value) {
            return log ? Math.exp(value) : value;
        }

        @Override
        public String toString() {
            String kind = (log ? "log " : "") + (whole ? "integer " : "number ");
            return whole ? kind + (long) low + ".." + (long) high : kind + low + ".." + high;
        }
    }

    /** A few words. */
    record Choices(List<String> values) implements Domain {
        public Choices {
            values = List.copyOf(values);
            checkArgument(!values.isEmpty(), "choices must not be empty: name at least one value");
            checkArgument(new HashSet<>(values).size() == values.size(), "choices must differ, got %s", values);
        }

        @Override
        public boolean contains(Object value) {
            return values.contains(value);
        }

        @Override
        public Object at(double unit) {
            return values.get(Math.min(values.size() - 1, (int) (unit * values.size())));
        }

        @Override
        public String toString() {
            return "one of " + values;
        }
    }
}
