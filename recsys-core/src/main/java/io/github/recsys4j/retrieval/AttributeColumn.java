package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import io.github.recsys4j.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A column turned around: the rows of each value, and, where all values are numbers, the rows in their order. A condition is
 * then answered by what it holds for, not by going through all rows.
 */
final class AttributeColumn {
    private final String name;
    private final Map<String, int[]> rowsOf;
    private final Optional<String> firstText;
    private final double[] numbers;
    private final int[] byNumber;

    private AttributeColumn(String name, Map<String, int[]> rowsOf) {
        this.name = name;
        this.rowsOf = rowsOf;
        firstText = rowsOf.keySet().stream().filter(value -> !isNumber(value)).min(String::compareTo);
        List<String> values = firstText.isPresent() ? List.of() : ascending(rowsOf);
        byNumber = values.stream()
                .flatMapToInt(value -> Arrays.stream(rowsOf.get(value)))
                .toArray();
        numbers = values.stream()
                .flatMapToDouble(value -> Arrays.stream(rowsOf.get(value)).mapToDouble(row -> number(value)))
                .toArray();
    }

    /** Splits values at the separator if there is one. */
    static AttributeColumn of(Column column, Optional<String> separator) {
        Map<String, List<Integer>> rows = new HashMap<>();
        for (int row = 0; row < column.values().size(); row++) {
            for (String value : parts(column.values().get(row), separator)) {
                List<Integer> before = rows.computeIfAbsent(value, missing -> new ArrayList<>());
                if (before.isEmpty() || before.get(before.size() - 1) != row) {
                    before.add(row);
                }
            }
        }
        Map<String, int[]> rowsOf = new TreeMap<>();
        rows.forEach((value, places) ->
                rowsOf.put(value, places.stream().mapToInt(Integer::intValue).toArray()));
        return new AttributeColumn(column.name(), rowsOf);
    }

    private static List<String> parts(String value, Optional<String> separator) {
        if (value.isEmpty()) {
            return List.of();
        }
        return separator
                .map(cut -> Splitter.on(cut).trimResults().omitEmptyStrings().splitToList(value))
                .orElseGet(() -> List.of(value));
    }

    private static List<String> ascending(Map<String, int[]> rowsOf) {
        return rowsOf.keySet().stream()
                .sorted((one, other) -> Double.compare(number(one), number(other)))
                .toList();
    }

    private static boolean isNumber(String value) {
        try {
            return !Double.isNaN(number(value));
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static double number(String value) {
        return Double.parseDouble(value) + 0.0;
    }

    /** The rows that have one of the values. */
    BitSet in(List<String> values) {
        BitSet rows = new BitSet();
        for (String value : values) {
            Arrays.stream(rowsOf.getOrDefault(value, new int[0])).forEach(rows::set);
        }
        return rows;
    }

    /** The rows whose number lies in the range. */
    BitSet between(double least, double greatest) {
        checkArgument(
                firstText.isEmpty(),
                "column \"%s\" must hold numbers to be compared with %s, but it holds \"%s\": ask for its values with equal or"
                        + " in",
                name,
                least == Double.NEGATIVE_INFINITY ? greatest : least,
                firstText.orElse(""));
        BitSet rows = new BitSet();
        int end = greatest == Double.POSITIVE_INFINITY ? numbers.length : firstAtLeast(Math.nextUp(greatest));
        IntStream.range(firstAtLeast(least), end).forEach(place -> rows.set(byNumber[place]));
        return rows;
    }

    private int firstAtLeast(double least) {
        int low = 0;
        int high = numbers.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (numbers[middle] < least) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The rows that have a value. */
    BitSet present() {
        return in(List.copyOf(rowsOf.keySet()));
    }
}
