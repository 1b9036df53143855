package io.github.recsys4j.examples.io;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of text in columns: the first column to the left, the others to the right.
 *
 * <p>Not thread-safe.
 */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * Starts a table.
     *
     * @param headers one per column
     */
    public TextTable(List<String> headers) {
        rows.add(List.copyOf(headers));
    }

    /**
     * Adds a row.
     *
     * @param cells one per column
     * @throws IllegalArgumentException if there are more or fewer cells than columns
     */
    public void add(List<String> cells) {
        int columns = rows.get(0).size();
        if (cells.size() != columns) {
            throw new IllegalArgumentException(
                    "a row must have one cell per column = " + columns + ", got " + cells.size());
        }
        rows.add(List.copyOf(cells));
    }

    /** {@return the lines, header first, each indented by two spaces} */
    public List<String> lines() {
        return rows.stream().map(this::line).toList();
    }

    private String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String padding = " ".repeat(width(column) - cells.get(column).length());
            line.append("  ").append(column == 0 ? cells.get(0) + padding : padding + cells.get(column));
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return IntStream.range(0, rows.size())
                .map(row -> rows.get(row).get(column).length())
                .max()
                .orElse(0);
    }
}
