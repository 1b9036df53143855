package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which categories an item is in, such as its genres.
 *
 * <p>Thread-safety: immutable.
 */
public final class ItemCategories {
    private final Map<String, Set<String>> byItem;
    private final Set<String> all;

    private ItemCategories(Map<String, Set<String>> byItem) {
        this.byItem = byItem;
        Set<String> names = new LinkedHashSet<>();
        byItem.values().forEach(names::addAll);
        all = ImmutableSet.copyOf(names);
    }

    /** {@return items that are in no category} */
    public static ItemCategories none() {
        return new ItemCategories(Map.of());
    }

    /**
     * Takes categories as they are.
     *
     * @param byItem the categories of each item by its id
     * @return the categories
     */
    public static ItemCategories of(Map<String, Set<String>> byItem) {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        byItem.forEach((item, names) -> copy.put(item, ImmutableSet.copyOf(names)));
        return new ItemCategories(copy);
    }

    /**
     * Reads them from a column of the items' table.
     *
     * @param items the items by index
     * @param table what is known of them, row by index
     * @param column the column's name, such as {@code genres}
     * @param separator what stands between two categories of one item, such as {@code |}
     * @return the categories; blanks around names are dropped
     * @throws IllegalArgumentException if there is no such column, or the table has another number of rows
     */
    public static ItemCategories of(Vocabulary items, Table table, String column, char separator) {
        checkArgument(
                table.numRows() == items.size(),
                "table must have one row per item = %s, got %s",
                items.size(),
                table.numRows());
        Column values = table.column(column)
                .orElseThrow(() -> new IllegalArgumentException("items have no column \"" + column
                        + "\"; their columns are "
                        + table.columns().stream().map(Column::name).toList()));
        Splitter splitter = Splitter.on(separator).trimResults().omitEmptyStrings();
        Map<String, Set<String>> byItem = new LinkedHashMap<>();
        for (int item = 0; item < items.size(); item++) {
            Set<String> names =
                    ImmutableSet.copyOf(splitter.split(values.values().get(item)));
            if (!names.isEmpty()) {
                byItem.put(items.id(item), names);
            }
        }
        return new ItemCategories(byItem);
    }

    /** {@return every category that an item is in, in the order of the items} */
    public Set<String> all() {
        return all;
    }

    /**
     * {@return the categories of an item; empty where it has none or is not known}
     *
     * @param itemId the application's own item id
     */
    public Set<String> of(String itemId) {
        return byItem.getOrDefault(itemId, Set.of());
    }
}
