package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A named column of a {@link Table}: one text per row, or nothing where the source was silent.
 *
 * @param name the column's name, as in the file's header
 * @param values one per row; the empty string means absent
 */
public record Column(String name, List<String> values) {

    /**
     * Copies the values.
     *
     * @param name not blank
     * @param values one per row
     */
    public Column {
        checkArgument(!name.isBlank(), "name of a column must not be blank");
        values = List.copyOf(values);
    }

    /**
     * {@return the value, or empty where the source was silent}
     *
     * @param row a row
     */
    public Optional<String> value(int row) {
        String value = values.get(row);
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    Column select(int[] rows) {
        return new Column(name, Arrays.stream(rows).mapToObj(values::get).toList());
    }
}
