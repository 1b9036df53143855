package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.file.Path;
import java.util.Optional;
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
    private final Origin origin;

    /** Where the data came from: the folder of images and the report of the load. */
    private record Origin(Optional<Path> images, Optional<LoadReport> report) {
        static final Origin NONE = new Origin(Optional.empty(), Optional.empty());
    }

    private Dataset(
            Vocabulary users,
            Vocabulary items,
            Interactions interactions,
            Table itemTable,
            Table userTable,
            Origin origin) {
        this.users = users;
        this.items = items;
        this.interactions = interactions;
        this.itemTable = itemTable;
        this.userTable = userTable;
        this.origin = origin;
    }

    /** {@return a builder that reads files} */
    public static DatasetBuilder builder() {
        return new DatasetBuilder();
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
        return new Dataset(users, items, interactions, itemTable, userTable, Origin.NONE);
    }

    /** The same data, with the folder of images and the report of the load. */
    Dataset from(Optional<Path> images, LoadReport report) {
        return withOrigin(new Origin(images, Optional.of(report)));
    }

    private Dataset withOrigin(Origin other) {
        return new Dataset(users, items, interactions, itemTable, userTable, other);
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

    /** {@return the folder of the items' images, if one was named} */
    public Optional<Path> images() {
        return origin.images;
    }

    /** {@return what the readers met and did, if this was read from files} */
    public Optional<LoadReport> loadReport() {
        return origin.report;
    }

    /**
     * Keeps users, items and columns, and replaces the interactions: how a split makes its training part.
     *
     * @param replacement interactions of the same users and items
     * @return the other data set
     */
    public Dataset withInteractions(Interactions replacement) {
        return of(users, items, replacement, itemTable, userTable).withOrigin(origin);
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
        return of(users, items, interactions, itemColumns, userColumns).withOrigin(origin);
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
                        userTable.select(keptUsers))
                .withOrigin(origin);
    }
}
