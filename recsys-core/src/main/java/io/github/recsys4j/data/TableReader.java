package io.github.recsys4j.data;

import static com.google.common.base.Preconditions.checkArgument;

/** Reads files that describe items or users, an id and free columns in each row, into one collector of rows. */
final class TableReader {
    private final boolean isItems;
    private final ReadOptions options;
    private final TableCollector table;

    TableReader(boolean isItems, ReadOptions options) {
        this.isItems = isItems;
        this.options = options;
        table = new TableCollector(isItems ? "item id" : "user id", options.limits());
    }

    /** Adds the file's rows; gives the bad ones, of which there are few enough. */
    BadRows read(DataFile file, DataFormat format) {
        checkArgument(
                describes(format),
                "format %s describes no %s; give the format of that file, such as csv",
                format.label(),
                isItems ? "items" : "users");
        return switch (format) {
            case CSV -> new HeaderTable(file, options.limits(), table).csv(idColumn());
            case MOVIELENS_CSV -> new HeaderTable(file, options.limits(), table).csv("movieId");
            case RECBOLE -> new HeaderTable(file, options.limits(), table).atomic(idColumn());
            case AMAZON_REVIEWS -> new AmazonItems(table).read(new LineFile(file, options.limits()));
            case LASTFM ->
                isItems
                        ? FixedTable.tracks(table).read(new LineFile(file, options.limits()))
                        : new HeaderTable(file, options.limits(), table).tabs("#id");
            default -> FixedTable.movieLens(format, isItems, table).read(new LineFile(file, options.limits()));
        };
    }

    private boolean describes(DataFormat format) {
        return switch (format) {
            case PAIRS, SEQUENCES, USER_SEQUENCES -> false;
            case MOVIELENS_CSV, AMAZON_REVIEWS -> isItems;
            default -> true;
        };
    }

    private String idColumn() {
        return options.columns()
                .map(names -> isItems ? names.item() : names.user())
                .orElse(isItems ? "item_id" : "user_id");
    }

    TableCollector table() {
        return table;
    }
}
