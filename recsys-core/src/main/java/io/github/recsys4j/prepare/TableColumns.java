package io.github.recsys4j.prepare;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;

/** Finds columns by name. */
final class TableColumns {
    private TableColumns() {}

    static Column require(Table table, String name) {
        return table.column(name)
                .orElseThrow(() -> new DatasetException("there is no column \"" + name + "\"; the columns are "
                        + table.columns().stream().map(Column::name).toList() + "."));
    }
}
