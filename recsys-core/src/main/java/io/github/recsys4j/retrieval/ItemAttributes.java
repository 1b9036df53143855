package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.recsys4j.data.NearestName;
import io.github.recsys4j.data.Table;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns of a catalogue, laid out for filters: {@link #filter} turns an {@link ItemPredicate} into a bitmap of item
 * indices, so that a search never looks at a column.
 *
 * <pre>{@code
 * ItemAttributes attributes = ItemAttributes.builder(dataset.itemTable()).severalValues("genres", "|").build();
 * ItemFilter filter = attributes.filter(equal("genres", "Drama").and(atLeast("year", 1990)));
 * index.topK(query, 10, filter.andExcluding(seen));
 * }</pre>
 *
 * <p>A column is one of numbers if all its values are ({@code Double.parseDouble}); ranges need one. Values are compared as they
 * are written, letter by letter. Filters of the last {@value #CACHED} predicates are kept.
 *
 * <p>Items beyond the table, which were added to an index later, pass no filter.
 *
 * <p>Memory: a few bytes for each value of each item. Thread-safety: safe for many threads.
 */
public final class ItemAttributes {
    private static final int CACHED = 64;

    private final int size;
    private final Map<String, AttributeColumn> columns;
    private final Cache<ItemPredicate, ItemFilter> filters =
            CacheBuilder.newBuilder().maximumSize(CACHED).build();

    private ItemAttributes(int size, Map<String, AttributeColumn> columns) {
        this.size = size;
        this.columns = columns;
    }

    /**
     * Lays out all columns, each with one value an item.
     *
     * @param table row {@code i} describes item {@code i}
     * @return the attributes
     */
    public static ItemAttributes of(Table table) {
        return builder(table).build();
    }

    /**
     * Starts with columns that have one value an item.
     *
     * @param table row {@code i} describes item {@code i}
     * @return a builder
     */
    public static Builder builder(Table table) {
        return new Builder(table);
    }

    /** {@return how many items there are} */
    public int size() {
        return size;
    }

    /**
     * Makes a filter of the items for which a predicate holds.
     *
     * @param predicate on columns of the table
     * @return the filter
     * @throws IllegalArgumentException if a column is not there, or one of texts is compared with a number
     */
    public ItemFilter filter(ItemPredicate predicate) {
        ItemFilter cached = filters.getIfPresent(predicate);
        if (cached == null) {
            cached = ItemFilter.only(rows(predicate));
            filters.put(predicate, cached);
        }
        return cached;
    }

    private BitSet rows(ItemPredicate predicate) {
        if (predicate instanceof ItemPredicate.In in) {
            return column(in.column()).in(in.values());
        }
        if (predicate instanceof ItemPredicate.Between between) {
            return column(between.column()).between(between.least(), between.greatest());
        }
        if (predicate instanceof ItemPredicate.Present present) {
            return column(present.column()).present();
        }
        if (predicate instanceof ItemPredicate.Not not) {
            BitSet rows = rows(not.part());
            rows.flip(0, size);
            return rows;
        }
        if (predicate instanceof ItemPredicate.Or or) {
            BitSet rows = new BitSet(size);
            or.parts().forEach(part -> rows.or(rows(part)));
            return rows;
        }
        BitSet rows = new BitSet(size);
        rows.set(0, size);
        ((ItemPredicate.And) predicate).parts().forEach(part -> rows.and(rows(part)));
        return rows;
    }

    private AttributeColumn column(String name) {
        AttributeColumn column = columns.get(name);
        if (column == null) {
            throw unknown(name, List.copyOf(columns.keySet()));
        }
        return column;
    }

    private static IllegalArgumentException unknown(String column, List<String> known) {
        String meant = NearestName.of(column, known)
                .map(name -> ": did you mean \"" + name + "\"?")
                .orElse("");
        return new IllegalArgumentException("column \"" + column + "\" is not there, the items have " + known + meant);
    }

    /** Says which columns hold several values. */
    public static final class Builder {
        private final Table table;
        private final Map<String, String> separators = new LinkedHashMap<>();

        private Builder(Table table) {
            this.table = table;
        }

        /**
         * Takes a column's values apart: an item has each of the parts.
         *
         * @param column a column's name
         * @param separator between values, not empty; spaces around values are left out
         * @return this builder
         * @throws IllegalArgumentException if the column is not there or the separator is empty
         */
        public Builder severalValues(String column, String separator) {
            if (table.column(column).isEmpty()) {
                throw unknown(
                        column,
                        table.columns().stream().map(part -> part.name()).toList());
            }
            checkArgument(!separator.isEmpty(), "separator of column \"%s\" must not be empty", column);
            separators.put(column, separator);
            return this;
        }

        /** {@return the attributes} */
        public ItemAttributes build() {
            Map<String, AttributeColumn> columns = new LinkedHashMap<>();
            table.columns()
                    .forEach(column -> columns.put(
                            column.name(),
                            AttributeColumn.of(column, Optional.ofNullable(separators.get(column.name())))));
            return new ItemAttributes(table.numRows(), columns);
        }
    }
}
