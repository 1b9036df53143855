package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Table;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.prepare.CategoryEncoder;
import io.github.recsys4j.prepare.NumericScaler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Which columns are numbers and categories, of items or of users. Not thread-safe. */
final class ColumnsConfig {
    private static final int MIN_ROWS = 5;

    private List<String> numbers = List.of();
    private NumericScaler.Method scaling = NumericScaler.Method.STANDARD;
    private List<String> categories = List.of();
    private String separator = "";
    private int minRows = MIN_ROWS;

    void read(Keys keys) {
        keys.section("numbers", inner -> {
            inner.texts("columns", value -> numbers = value);
            inner.choice("scaling", Records.constants(NumericScaler.Method.class), value -> scaling = value);
        });
        keys.section("categories", inner -> {
            inner.texts("columns", value -> categories = value);
            inner.text("separator", value -> separator = value);
            inner.integer("min-rows", value -> minRows = new CategoryEncoder.Source("", "", value).minRows());
        });
    }

    void putInto(Map<String, Object> map) {
        if (!numbers.isEmpty()) {
            map.put("numbers", Map.of("columns", numbers, "scaling", Records.kebab(scaling.name())));
        }
        if (!categories.isEmpty()) {
            Map<String, Object> inner = new LinkedHashMap<>();
            inner.put("columns", categories);
            if (!separator.isEmpty()) {
                inner.put("separator", separator);
            }
            inner.put("min-rows", minRows);
            map.put("categories", inner);
        }
    }

    boolean isEmpty() {
        return numbers.isEmpty() && categories.isEmpty();
    }

    /** Learns scales and categories from some rows of a table. */
    FittedColumns fit(Table table, IntPredicate trained) {
        Optional<NumericScaler> scaler =
                numbers.isEmpty() ? Optional.empty() : Optional.of(NumericScaler.fit(scaling, table, numbers, trained));
        List<CategoryEncoder> encoders = categories.stream()
                .map(column ->
                        CategoryEncoder.fit(new CategoryEncoder.Source(column, separator, minRows), table, trained))
                .toList();
        return new FittedColumns(scaler, encoders);
    }
}
