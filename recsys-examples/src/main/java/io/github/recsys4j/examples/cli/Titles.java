package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.MultimodalRecommender;
import java.util.List;
import java.util.Optional;

/**
 * What a person calls items.
 *
 * @param items whose titles
 * @param table their columns
 */
record Titles(Vocabulary items, Table table) {
    /** Columns that may hold what a person calls an item, the best first. */
    private static final List<String> NAMES = List.of("title", "name", "track", "item_name");

    static Titles of(MultimodalRecommender model) {
        return new Titles(model.items(), model.itemTable());
    }

    Optional<String> title(String itemId) {
        int item = items.indexOf(itemId);
        return item < 0 ? Optional.empty() : column().flatMap(column -> column.value(item));
    }

    private Optional<Column> column() {
        return NAMES.stream()
                .flatMap(wanted ->
                        table.columns().stream().filter(column -> column.name().equalsIgnoreCase(wanted)))
                .findFirst();
    }
}
