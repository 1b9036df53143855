package io.github.recsys4j.prepare;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Brings numeric columns to a common scale: {@code (f(x) - shift) / scale}, with shift and scale taken from the training
 * rows alone, so that nothing of a held-out row is learned.
 *
 * <p>A value that is absent, is no number or is not finite counts as the training rows' median. A column whose values are
 * all equal keeps the scale 1. {@link #toJson()} holds everything, and {@link #fromJson(String)} restores it exactly.
 *
 * <p>Thread-safety: immutable.
 */
public final class NumericScaler {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** How a column is scaled. */
    public enum Method {
        /** By mean and standard deviation of the training rows, the deviation divided by their number. */
        STANDARD,
        /** The smallest training value becomes 0, the largest 1; others may lie outside. */
        MIN_MAX,
        /** {@code sign(x) * ln(1 + |x|)}, for counts. */
        LOG1P,
        /** By median and the distance between the quartiles, which are interpolated linearly. */
        ROBUST,
        /** As it is. */
        NONE
    }

    /**
     * How one column is scaled.
     *
     * @param column its name
     * @param shift what is subtracted, after the logarithm if there is one; finite
     * @param scale what the rest is divided by; finite, above 0
     * @param fill what stands for an absent value, before anything else; finite
     */
    public record ColumnScale(String column, double shift, double scale, double fill) {

        /**
         * Checks the numbers.
         *
         * @param column its name
         * @param shift finite
         * @param scale finite, above 0
         * @param fill finite
         * @throws IllegalArgumentException if one of them is not as said
         */
        public ColumnScale {
            checkArgument(
                    Double.isFinite(shift) && Double.isFinite(fill) && Double.isFinite(scale) && scale > 0,
                    "column %s needs a finite shift and fill and a scale above 0, got shift %s, fill %s and scale %s",
                    column,
                    shift,
                    fill,
                    scale);
        }
    }

    private final Method method;
    private final List<ColumnScale> columns;

    private NumericScaler(Method method, List<ColumnScale> columns) {
        this.method = method;
        this.columns = List.copyOf(columns);
    }

    /**
     * Learns the scales.
     *
     * @param method how to scale
     * @param table the rows
     * @param columns the names of numeric columns, at least one
     * @param training which rows to learn from
     * @return the scaler
     * @throws DatasetException if the table has no such column, or a column has no number in any training row
     */
    public static NumericScaler fit(Method method, Table table, List<String> columns, IntPredicate training) {
        checkArgument(!columns.isEmpty(), "columns must name at least one column to scale");
        return new NumericScaler(
                method,
                columns.stream()
                        .map(name -> scaleOf(method, TableColumns.require(table, name), training))
                        .toList());
    }

    private static ColumnScale scaleOf(Method method, Column column, IntPredicate training) {
        double[] raw = IntStream.range(0, column.values().size())
                .filter(training)
                .mapToDouble(row -> number(column, row))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (raw.length == 0) {
            throw new DatasetException(
                    "column \"" + column.name() + "\" has no number in any training row, such as 3.5;"
                            + " leave it out, or treat it as categories.");
        }
        double fill = quantile(raw, 0.5);
        return switch (method) {
            case STANDARD -> standard(column.name(), raw, fill);
            case MIN_MAX -> scale(column.name(), raw[0], raw[raw.length - 1] - raw[0], fill);
            case ROBUST -> scale(column.name(), fill, quantile(raw, 0.75) - quantile(raw, 0.25), fill);
            case LOG1P, NONE -> scale(column.name(), 0, 1, fill);
        };
    }

    private static ColumnScale standard(String name, double[] values, double fill) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow();
        return scale(name, mean, Math.sqrt(variance), fill);
    }

    private static ColumnScale scale(String name, double shift, double scale, double fill) {
        return new ColumnScale(name, shift, scale > 0 ? scale : 1, fill);
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The number in a row, or NaN. */
    private static double number(Column column, int row) {
        String text = column.values().get(row).strip();
        if (text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1))) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** {@return how columns are scaled} */
    public Method method() {
        return method;
    }

    /** {@return the columns in the order of the result} */
    public List<ColumnScale> columns() {
        return columns;
    }

    /**
     * Restores a scaler.
     *
     * @param method how to scale
     * @param columns the scales
     * @return the scaler
     */
    public static NumericScaler of(Method method, List<ColumnScale> columns) {
        return new NumericScaler(method, columns);
    }

    /**
     * Scales the rows of a table.
     *
     * @param table has all the columns
     * @return a row for each, absent where none of the columns has a number; and what was no number
     * @throws DatasetException if the table lacks a column
     */
    public Scaled apply(Table table) {
        PreparationReport.Collector report = PreparationReport.collecting("numbers");
        float[] values = new float[Math.multiplyExact(table.numRows(), columns.size())];
        BitSet present = new BitSet();
        for (int at = 0; at < columns.size(); at++) {
            Column column = TableColumns.require(table, columns.get(at).column());
            for (int row = 0; row < table.numRows(); row++) {
                double number = number(column, row);
                count(column, row, number, report, present);
                values[row * columns.size() + at] = scaled(
                        columns.get(at),
                        Double.isFinite(number) ? number : columns.get(at).fill());
            }
        }
        return new Scaled(new DenseRows(table.numRows(), columns.size(), values, present), report.report());
    }

    private static void count(
            Column column, int row, double number, PreparationReport.Collector report, BitSet present) {
        if (Double.isFinite(number)) {
            present.set(row);
            report.keep();
        } else if (column.values().get(row).isBlank()) {
            report.drop("absent", column.name() + " in row " + row);
        } else {
            report.drop(
                    "not a finite number",
                    column.name() + " in row " + row + " is \""
                            + column.values().get(row) + "\"");
        }
    }

    private float scaled(ColumnScale column, double value) {
        double raw = method == Method.LOG1P ? Math.signum(value) * Math.log1p(Math.abs(value)) : value;
        double scaled = (raw - column.shift) / column.scale;
        return (float) Math.max(-Float.MAX_VALUE, Math.min(Float.MAX_VALUE, scaled));
    }

    /** {@return everything that was learned, as JSON that a person can read} */
    public String toJson() {
        ObjectNode root = MAPPER.createObjectNode().put("method", method.name().toLowerCase(Locale.ROOT));
        ArrayNode list = root.putArray("columns");
        columns.forEach(column -> list.addObject()
                .put("column", column.column)
                .put("shift", column.shift)
                .put("scale", column.scale)
                .put("fill", column.fill));
        return root.toPrettyString();
    }

    /**
     * Restores what {@link #toJson()} wrote.
     *
     * @param json the text
     * @return an equal scaler
     * @throws DatasetException if it is no such text
     */
    public static NumericScaler fromJson(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            List<ColumnScale> columns = new ArrayList<>();
            for (JsonNode column : root.required("columns")) {
                columns.add(new ColumnScale(
                        column.required("column").asText(),
                        column.required("shift").asDouble(Double.NaN),
                        column.required("scale").asDouble(Double.NaN),
                        column.required("fill").asDouble(Double.NaN)));
            }
            return new NumericScaler(
                    Method.valueOf(root.required("method").asText().toUpperCase(Locale.ROOT)), columns);
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException e) {
            throw new DatasetException(
                    "settings of a scaler cannot be read: " + e.getMessage() + ". Give the text that toJson() wrote.",
                    e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumericScaler that && method == that.method && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return 31 * method.hashCode() + columns.hashCode();
    }

    @Override
    public String toString() {
        return method + columns.toString();
    }

    /**
     * Scaled rows.
     *
     * @param rows one for each row of the table, one float for each column
     * @param report how many values there were, and which counted as absent
     */
    public record Scaled(DenseRows rows, PreparationReport report) {}
}
