package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * A condition on the columns of an item: {@code equal("brand", "Acme").and(atMost("price", 20))}. It means something for one
 * {@link ItemAttributes} only, which checks its columns when it makes a filter of it.
 *
 * <p>A column that an item is silent about fulfils no condition on it, and so every {@link #not} of one.
 *
 * <p>Thread-safety: immutable; equal predicates are equal as values.
 */
public sealed interface ItemPredicate {

    /**
     * Holds where a column has one of some values; where the column has several values, if one of them is among them.
     *
     * @param column a column's name
     * @param values as they stand in the column
     */
    record In(String column, List<String> values) implements ItemPredicate {
        /**
         * Copies the values.
         *
         * @param column a column's name
         * @param values as they stand in the column
         */
        public In {
            values = List.copyOf(values);
        }
    }

    /**
     * Holds where a column of numbers lies in a range, both ends included.
     *
     * @param column a column's name
     * @param least not NaN
     * @param greatest not NaN, at least {@code least}
     */
    record Between(String column, double least, double greatest) implements ItemPredicate {
        /**
         * Checks the ends.
         *
         * @param column a column's name
         * @param least not NaN
         * @param greatest not NaN, at least {@code least}
         * @throws IllegalArgumentException if the range is empty or an end is NaN
         */
        public Between {
            checkArgument(
                    least <= greatest,
                    "range of column \"%s\" must begin at or below its end, got %s to %s",
                    column,
                    least,
                    greatest);
        }
    }

    /**
     * Holds where an item has a value in a column.
     *
     * @param column a column's name
     */
    record Present(String column) implements ItemPredicate {}

    /**
     * Holds where all parts hold; with no part, everywhere.
     *
     * @param parts conditions
     */
    record And(List<ItemPredicate> parts) implements ItemPredicate {
        /**
         * Copies the parts.
         *
         * @param parts conditions
         */
        public And {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Holds where a part holds; with no part, nowhere.
     *
     * @param parts conditions
     */
    record Or(List<ItemPredicate> parts) implements ItemPredicate {
        /**
         * Copies the parts.
         *
         * @param parts conditions
         */
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /**
     * Holds where the part does not.
     *
     * @param part a condition
     */
    record Not(ItemPredicate part) implements ItemPredicate {}

    /**
     * {@return the condition that a column has this value}
     *
     * @param column a column's name
     * @param value as it stands in the column
     */
    static ItemPredicate equal(String column, String value) {
        return in(column, value);
    }

    /**
     * {@return the condition that a column of numbers has this value}
     *
     * @param column a column's name
     * @param value a number; 7 equals 7.0
     */
    static ItemPredicate equal(String column, double value) {
        return between(column, value, value);
    }

    /**
     * {@return the condition that a column has one of these values}
     *
     * @param column a column's name
     * @param values as they stand in the column
     */
    static ItemPredicate in(String column, String... values) {
        return new In(column, List.of(values));
    }

    /**
     * {@return the condition that a column of numbers lies in a range, both ends included}
     *
     * @param column a column's name
     * @param least not NaN
     * @param greatest at least {@code least}
     */
    static ItemPredicate between(String column, double least, double greatest) {
        return new Between(column, least, greatest);
    }

    /**
     * {@return the condition that a column of numbers is at least so great}
     *
     * @param column a column's name
     * @param least not NaN
     */
    static ItemPredicate atLeast(String column, double least) {
        return between(column, least, Double.POSITIVE_INFINITY);
    }

    /**
     * {@return the condition that a column of numbers is at most so great}
     *
     * @param column a column's name
     * @param greatest not NaN
     */
    static ItemPredicate atMost(String column, double greatest) {
        return between(column, Double.NEGATIVE_INFINITY, greatest);
    }

    /**
     * {@return the condition that an item has a value in a column}
     *
     * @param column a column's name
     */
    static ItemPredicate present(String column) {
        return new Present(column);
    }

    /**
     * {@return the condition that a part does not hold}
     *
     * @param part a condition
     */
    static ItemPredicate not(ItemPredicate part) {
        return new Not(part);
    }

    /**
     * {@return the condition that this and the other hold}
     *
     * @param other a condition
     */
    default ItemPredicate and(ItemPredicate other) {
        return new And(List.of(this, other));
    }

    /**
     * {@return the condition that this or the other holds}
     *
     * @param other a condition
     */
    default ItemPredicate or(ItemPredicate other) {
        return new Or(List.of(this, other));
    }
}
