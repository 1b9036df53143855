package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Users, items, what is known of them, and their interactions.
 *
 * <p>Thread-safety: immutable.
 */
public final class Dataset {
    private final Vocabulary users;
    private final Vocabulary items;
    private final Interactions interactions;
    private final Table itemTable;
    private final Table userTable;

    private Dataset(Vocabulary users, Vocabulary items, Interactions interactions, Table itemTable, Table userTable) {
        this.users = users;
        this.items = items;
        this.interactions = interactions;
        this.itemTable = itemTable;
        this.userTable = userTable;
    }

    /**
     * Puts together interactions that are in memory already, without item or user columns.
     *
     * @param users the users, by index
     * @param items the items, by index
     * @param interactions what the users did
     * @return the data set
     * @throws IllegalArgumentException if the interactions speak of more users or items
     */
    public static Dataset of(Vocabulary users, Vocabulary items, Interactions interactions) {
        return of(users, items, interactions, Table.empty(items.size()), Table.empty(users.size()));
    }

    static Dataset of(Vocabulary users, Vocabulary items, Interactions interactions, Table itemTable, Table userTable) {
        checkArgument(
                interactions.numUsers() == users.size(),
                "interactions must have one range per user = %s, got %s",
                users.size(),
                interactions.numUsers());
        for (int row = 0; row < interactions.size(); row++) {
            int item = interactions.item(row);
            checkArgument(
                    item >= 0 && item < items.size(),
                    "item in row %s must be below %s, got %s",
                    row,
                    items.size(),
                    item);
        }
        return new Dataset(users, items, interactions, itemTable, userTable);
    }

    /** {@return the users, by index} */
    public Vocabulary users() {
        return users;
    }

    /** {@return the items, by index} */
    public Vocabulary items() {
        return items;
    }

    /** {@return what the users did} */
    public Interactions interactions() {
        return interactions;
    }

    /** {@return free columns of the items, row by item index} */
    public Table itemTable() {
        return itemTable;
    }

    /** {@return free columns of the users, row by user index} */
    public Table userTable() {
        return userTable;
    }

    /**
     * Keeps users, items and columns, and replaces the interactions: how a split makes its training part.
     *
     * @param replacement interactions of the same users and items
     * @return the other data set
     */
    public Dataset withInteractions(Interactions replacement) {
        return of(users, items, replacement, itemTable, userTable);
    }

    /**
     * Keeps users, items and interactions, and replaces the free columns.
     *
     * @param itemColumns row by item index
     * @param userColumns row by user index
     * @return the other data set
     * @throws IllegalArgumentException if a table has not one row per item or user
     */
    public Dataset withTables(Table itemColumns, Table userColumns) {
        checkRows("items", items.size(), itemColumns.numRows());
        checkRows("users", users.size(), userColumns.numRows());
        return of(users, items, interactions, itemColumns, userColumns);
    }

    private static void checkRows(String name, int size, int rows) {
        checkArgument(rows == size, "table of %s must have one row for each of %s, got %s", name, size, rows);
    }

    /**
     * Keeps some users and some items, numbers them anew in the same order, and drops the interactions of all
     * others.
     *
     * @param keepUser which users stay, by index
     * @param keepItem which items stay, by index
     * @return the smaller data set
     */
    public Dataset select(IntPredicate keepUser, IntPredicate keepItem) {
        int[] keptUsers = IntStream.range(0, users.size()).filter(keepUser).toArray();
        int[] keptItems = IntStream.range(0, items.size()).filter(keepItem).toArray();
        return of(
                Vocabulary.inOrder(users.idsOf(keptUsers)),
                Vocabulary.inOrder(items.idsOf(keptItems)),
                interactions.select(keptUsers, keptItems),
                itemTable.select(keptItems),
                userTable.select(keptUsers));
    }
}
