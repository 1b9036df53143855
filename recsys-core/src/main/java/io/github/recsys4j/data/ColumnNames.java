package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/**
 * What the columns of a file with a header are called, where they are not called as the format expects:
 * {@code ColumnNames.of("customer", "article").time("t_dat")}.
 *
 * @param user the column of user ids
 * @param item the column of item ids, in interactions and items alike
 * @param time the column of times; empty if times are not to be read
 * @param value the column of ratings, counts and the like; empty if they are not to be read
 */
public record ColumnNames(String user, String item, Optional<String> time, Optional<String> value) {

    /**
     * Checks the names.
     *
     * @param user not blank
     * @param item not blank
     * @param time not blank, or empty
     * @param value not blank, or empty
     */
    public ColumnNames {
        check("user", user);
        check("item", item);
        time.ifPresent(name -> check("time", name));
        value.ifPresent(name -> check("value", name));
    }

    private static void check(String role, String name) {
        checkArgument(!name.isBlank(), "name of the %s column must not be blank", role);
    }

    /**
     * Names the columns of ids; times and values are not read.
     *
     * @param user the column of user ids
     * @param item the column of item ids
     * @return the names
     */
    public static ColumnNames of(String user, String item) {
        return new ColumnNames(user, item, Optional.empty(), Optional.empty());
    }

    /**
     * {@return these names and that of the times}
     *
     * @param name a column, which must then be there
     */
    public ColumnNames time(String name) {
        return new ColumnNames(user, item, Optional.of(name), value);
    }

    /**
     * {@return these names and that of the values}
     *
     * @param name a column, which must then be there
     */
    public ColumnNames value(String name) {
        return new ColumnNames(user, item, time, Optional.of(name));
    }
}
