package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Holds back the same random share of interactions for each value of a column: of the items, such as a genre, or
 * of the users, such as a country. So each value weighs in validation and test as it does in training.
 *
 * <p>A row without a value belongs to the value "". Values with few rows are too small to divide alone and are
 * grouped as one. A user's first interaction always trains. What it does not prevent: time is ignored, so
 * training holds what the same user did after a target.
 */
public final class StratifiedColumnSplit implements Splitter {
    /** How many rows a value must have to stand alone unless the caller says otherwise. */
    public static final int STANDARD_RARE_BELOW = 10;

    private final Side side;
    private final String column;
    private final Ratios ratios;
    private final int rareBelow;
    private final long seed;

    /** Whose column it is. */
    private enum Side {
        ITEM,
        USER
    }

    private StratifiedColumnSplit(Side side, String column, Ratios ratios, int rareBelow, long seed) {
        this.side = side;
        this.column = column;
        this.ratios = ratios;
        this.rareBelow = rareBelow;
        this.seed = seed;
    }

    /**
     * Stratifies by a column of the items.
     *
     * @param column its name; a data set without it makes {@link #split(Dataset)} throw
     * @param seed decides which interactions are held back
     * @return a splitter that holds back {@link Ratios#STANDARD}
     */
    public static StratifiedColumnSplit byItemColumn(String column, long seed) {
        return new StratifiedColumnSplit(Side.ITEM, column, Ratios.STANDARD, STANDARD_RARE_BELOW, seed);
    }

    /**
     * Stratifies by a column of the users.
     *
     * @param column its name; a data set without it makes {@link #split(Dataset)} throw
     * @param seed decides which interactions are held back
     * @return a splitter that holds back {@link Ratios#STANDARD}
     */
    public static StratifiedColumnSplit byUserColumn(String column, long seed) {
        return new StratifiedColumnSplit(Side.USER, column, Ratios.STANDARD, STANDARD_RARE_BELOW, seed);
    }

    /**
     * {@return this splitter with other shares}
     *
     * @param shares which shares of each value's interactions are held back
     */
    public StratifiedColumnSplit withRatios(Ratios shares) {
        return new StratifiedColumnSplit(side, column, shares, rareBelow, seed);
    }

    /**
     * Groups the values that have fewer rows than this.
     *
     * @param count at least 1, which groups nothing
     * @return this splitter with another bound
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public StratifiedColumnSplit withRareBelow(int count) {
        checkArgument(count >= 1, "rareBelow must be at least 1, got %s: 1 groups nothing", count);
        return new StratifiedColumnSplit(side, column, ratios, count, seed);
    }

    @Override
    public Split split(Dataset dataset) {
        Assignment assignment = new Assignment(dataset);
        int[] stratumOfValue = strata(assignment, values(dataset), rowsOfOwner(dataset));
        new Strata(dataset, ownerOfRow(dataset).andThen(owner -> stratumOfValue[owner]), seed)
                .assign(assignment, ratios);
        assignment.note("time is ignored: training holds what the same user did after a target");
        return assignment.toSplit("stratified-column(" + sideName() + " \"" + column + "\", " + ratios + ", rareBelow="
                + rareBelow + ", seed=" + seed + ")");
    }

    private String sideName() {
        return side == Side.ITEM ? "item" : "user";
    }

    private List<String> values(Dataset dataset) {
        Table table = side == Side.ITEM ? dataset.itemTable() : dataset.userTable();
        return table.column(column)
                .map(Column::values)
                .orElseThrow(() -> new IllegalArgumentException("column must be one of the " + sideName() + " columns "
                        + table.columns().stream().map(Column::name).toList() + ", got \"" + column + "\""));
    }

    private IntUnaryOperator ownerOfRow(Dataset dataset) {
        return side == Side.ITEM ? dataset.interactions()::item : userOfRow(dataset.interactions());
    }

    private static IntUnaryOperator userOfRow(Interactions rows) {
        int[] users = IntStream.range(0, rows.numUsers())
                .flatMap(user -> IntStream.range(0, rows.count(user)).map(row -> user))
                .toArray();
        return row -> users[row];
    }

    private int[] rowsOfOwner(Dataset dataset) {
        Interactions rows = dataset.interactions();
        return side == Side.ITEM
                ? rows.itemCounts(dataset.items().size())
                : IntStream.range(0, rows.numUsers()).map(rows::count).toArray();
    }

    /** A number for each item or user: that of its value, or 0 where the value is rare. */
    private int[] strata(Assignment assignment, List<String> values, int[] counts) {
        Map<String, Long> rowsOfValue = new HashMap<>();
        for (int owner = 0; owner < counts.length; owner++) {
            rowsOfValue.merge(values.get(owner), (long) counts[owner], Long::sum);
        }
        Map<String, Integer> numbers = new HashMap<>();
        rowsOfValue.forEach((value, rows) -> numbers.put(value, rows < rareBelow ? 0 : numbers.size() + 1));
        long rare = numbers.values().stream().filter(number -> number == 0).count();
        assignment.note(numbers.size() + " values, " + rare + " of them grouped as rare");
        return values.stream().mapToInt(numbers::get).toArray();
    }
}
