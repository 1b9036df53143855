package io.github.recsys4j.prepare;

import static com.google.common.base.Preconditions.checkArgument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns a categorical column into one float per category, 1 where a row has it: genres, tags, a language. Categories that
 * fewer training rows have than a minimum share one float, {@link #RARE}, and so do categories that were never seen.
 *
 * <p>The categories are in the order of the alphabet, the rare ones last. {@link #toJson()} holds everything, and
 * {@link #fromJson(String)} restores it exactly. Thread-safety: immutable.
 */
public final class CategoryEncoder {
    /** What all rare categories are called together. */
    public static final String RARE = "(rare)";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * What to read.
     *
     * @param column the column's name
     * @param separator what stands between several categories of one row, such as {@code |}; empty if a row has one
     * @param minRows how many training rows a category needs to have a float of its own, at least 1
     */
    public record Source(String column, String separator, int minRows) {

        /**
         * Checks the minimum.
         *
         * @param column the column's name
         * @param separator may be empty
         * @param minRows at least 1
         * @throws IllegalArgumentException if the minimum is below 1
         */
        public Source {
            checkArgument(minRows >= 1, "minRows of column %s must be at least 1, got %s", column, minRows);
        }
    }

    private final Source source;
    private final List<String> categories;

    private CategoryEncoder(Source source, List<String> categories) {
        this.source = source;
        this.categories = List.copyOf(categories);
    }

    /**
     * Learns which categories there are.
     *
     * @param source the column
     * @param table the rows
     * @param training which rows to learn from
     * @return the encoder
     * @throws DatasetException if the table has no such column
     */
    public static CategoryEncoder fit(Source source, Table table, IntPredicate training) {
        Column column = TableColumns.require(table, source.column);
        Map<String, Integer> rows = new TreeMap<>();
        IntStream.range(0, table.numRows())
                .filter(training)
                .forEach(row -> split(source, column.values().get(row))
                        .distinct()
                        .forEach(category -> rows.merge(category, 1, Integer::sum)));
        rows.values().removeIf(count -> count < source.minRows);
        List<String> categories = new ArrayList<>(rows.keySet());
        categories.add(RARE);
        return new CategoryEncoder(source, categories);
    }

    private static Stream<String> split(Source source, String value) {
        Stream<String> parts = source.separator.isEmpty()
                ? Stream.of(value)
                : Arrays.stream(value.split(java.util.regex.Pattern.quote(source.separator), -1));
        return parts.map(String::strip).filter(part -> !part.isEmpty());
    }

    /** {@return what is read} */
    public Source source() {
        return source;
    }

    /** {@return the categories, float by float; the last one is {@link #RARE}} */
    public List<String> categories() {
        return categories;
    }

    /**
     * Encodes the rows of a table.
     *
     * @param table has the column
     * @return a row of zeros and ones for each, absent where the column is silent; and how many categories were rare
     * @throws DatasetException if the table lacks the column
     */
    public Encoded apply(Table table) {
        Column column = TableColumns.require(table, source.column);
        PreparationReport.Collector report = PreparationReport.collecting("categories " + source.column);
        int dim = categories.size();
        float[] values = new float[Math.multiplyExact(table.numRows(), dim)];
        BitSet present = new BitSet();
        for (int row = 0; row < table.numRows(); row++) {
            for (String category : split(source, column.values().get(row)).toList()) {
                values[row * dim + place(category, report)] = 1;
                present.set(row);
            }
        }
        return new Encoded(new DenseRows(table.numRows(), dim, values, present), report.report());
    }

    private int place(String category, PreparationReport.Collector report) {
        int found = java.util.Collections.binarySearch(categories.subList(0, categories.size() - 1), category);
        if (found >= 0) {
            report.keep();
            return found;
        }
        report.drop("rare", category);
        return categories.size() - 1;
    }

    /**
     * Groups the values of a column without several categories a row, for instance to split by it.
     *
     * @param table has the column
     * @return the column with {@link #RARE} in place of rare values; absent values stay absent
     * @throws DatasetException if the table lacks the column
     */
    public Column group(Table table) {
        PreparationReport.Collector report = PreparationReport.collecting(source.column);
        return new Column(
                source.column,
                TableColumns.require(table, source.column).values().stream()
                        .map(String::strip)
                        .map(value -> value.isEmpty() ? value : categories.get(place(value, report)))
                        .toList());
    }

    /** {@return everything that was learned, as JSON that a person can read} */
    public String toJson() {
        ObjectNode root = MAPPER.createObjectNode()
                .put("column", source.column)
                .put("separator", source.separator)
                .put("min_rows", source.minRows);
        categories.subList(0, categories.size() - 1).forEach(root.putArray("categories")::add);
        return root.toPrettyString();
    }

    /**
     * Restores what {@link #toJson()} wrote.
     *
     * @param json the text
     * @return an equal encoder
     * @throws DatasetException if it is no such text
     */
    public static CategoryEncoder fromJson(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            List<String> categories = new ArrayList<>();
            root.required("categories").forEach(category -> categories.add(category.asText()));
            java.util.Collections.sort(categories);
            categories.add(RARE);
            Source source = new Source(
                    root.required("column").asText(),
                    root.required("separator").asText(),
                    root.required("min_rows").asInt());
            return new CategoryEncoder(source, categories);
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException e) {
            throw new DatasetException(
                    "settings of categories cannot be read: " + e.getMessage() + ". Give the text that toJson() wrote.",
                    e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CategoryEncoder that
                && source.equals(that.source)
                && categories.equals(that.categories);
    }

    @Override
    public int hashCode() {
        return 31 * source.hashCode() + categories.hashCode();
    }

    @Override
    public String toString() {
        return source.column + categories;
    }

    /**
     * Encoded rows.
     *
     * @param rows one for each row of the table, one float for each category
     * @param report how many categories the rows name, and how many of these were rare
     */
    public record Encoded(DenseRows rows, PreparationReport report) {}
}
