package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.Optional;

/**
 * Free columns beside a vocabulary, row by index: titles and genres of items, gender and country of users.
 *
 * <p>Thread-safety: immutable.
 *
 * @param numRows how many rows each column has
 * @param columns the columns, in the order of the file
 */
public record Table(int numRows, List<Column> columns) {

    /**
     * Copies the columns.
     *
     * @param numRows how many rows each column has
     * @param columns in the order of the file
     * @throws IllegalArgumentException if a column has another number of rows, or a name stands twice
     */
    public Table {
        columns = List.copyOf(columns);
        for (Column column : columns) {
            checkArgument(
                    column.values().size() == numRows,
                    "column \"%s\" must have %s rows, got %s",
                    column.name(),
                    numRows,
                    column.values().size());
        }
        long names = columns.stream().map(Column::name).distinct().count();
        checkArgument(
                names == columns.size(),
                "columns must have distinct names, got %s",
                columns.stream().map(Column::name).toList());
    }

    /**
     * {@return a table without columns}
     *
     * @param numRows how many rows
     */
    public static Table empty(int numRows) {
        return new Table(numRows, List.of());
    }

    /**
     * {@return the column, or empty if the source had none of that name}
     *
     * @param name a column's name
     */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    Table select(int[] rows) {
        return new Table(
                rows.length, columns.stream().map(column -> column.select(rows)).toList());
    }
}
