package io.github.recsys4j.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The layouts of files that {@link DatasetBuilder} reads. Any of them may be compressed with gzip.
 *
 * <p>A format is named, never guessed: the same bytes mean different things in different layouts.
 */
public enum DataFormat {
    /**
     * Comma-separated values with a header; fields may be quoted. Interactions have the columns {@code user_id},
     * {@code item_id} and, if they have times and values, {@code timestamp} and {@code value}, in any order and among
     * others; {@link ColumnNames} changes the names. Items have {@code item_id}, users {@code user_id}, and both any
     * further columns; a column without a name is not read.
     */
    CSV,

    /**
     * MovieLens 1M and 10M: {@code ratings.dat} with {@code user::item::rating::seconds}; as items
     * {@code movies.dat} with {@code item::title::genres}; as users {@code users.dat} with
     * {@code user::gender::age::occupation::zip code}. ISO 8859-1.
     */
    MOVIELENS_DAT,

    /** MovieLens since 2013: {@code ratings.csv} with {@code userId,movieId,rating,timestamp}; as items {@code movies.csv}. */
    MOVIELENS_CSV,

    /**
     * MovieLens 100K: {@code u.data} (and its parts such as {@code u1.base}) with user, item, rating and seconds
     * between tabs; as items {@code u.item}, as users {@code u.user}. ISO 8859-1.
     */
    MOVIELENS_100K,

    /**
     * RecBole atomic files: fields between tabs under a header of {@code name:type} with the types {@code token},
     * {@code float}, {@code token_seq} and {@code float_seq}. Interactions ({@code .inter}) have {@code user_id},
     * {@code item_id} and, if they have times and values, {@code timestamp} in seconds and {@code rating}; items
     * ({@code .item}) and users ({@code .user}) have their id and any further fields. {@link ColumnNames} changes the
     * names.
     */
    RECBOLE,

    /**
     * Amazon Reviews 2023, a JSON object per line: {@code user_id}, {@code parent_asin}, {@code timestamp} in
     * milliseconds and {@code rating}. As items the files of metadata: {@code parent_asin}, and of the rest title,
     * main category, store, price, average rating, number of ratings, categories, features, description and the
     * address of the first image.
     */
    AMAZON_REVIEWS,

    /**
     * Last.fm listening histories (1K users): user, ISO 8601 time, artist id, artist, track id and track between
     * tabs, newest first. The item is the track id or, where that is missing, {@code artist - track}. As items the
     * same file: artist and title of each track; as users {@code userid-profile.tsv}.
     */
    LASTFM,

    /** A user and an item per line, separated by spaces or tabs, a user's lines oldest first; no header, no times. */
    PAIRS,

    /** A user's items per line, oldest first, separated by spaces or tabs; the user's id is the number of the line. */
    SEQUENCES,

    /** A user and then the user's items per line, oldest first, separated by spaces or tabs. */
    USER_SEQUENCES;

    /** {@return the name in configuration files and on the command line, such as {@code movielens-dat}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Finds a format by its label.
     *
     * @param label such as {@code movielens-dat}
     * @return the format
     * @throws IllegalArgumentException if there is none of that name; the message lists all
     */
    public static DataFormat named(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("format must be one of " + labels() + ", got \"" + label
                        + "\"; did you mean \"" + nearest(label).label() + "\"?"));
    }

    private static String labels() {
        return Arrays.stream(values()).map(DataFormat::label).collect(Collectors.joining(", "));
    }

    private static DataFormat nearest(String label) {
        return Arrays.stream(values())
                .min(Comparator.comparingInt(format -> NearestName.distance(label, format.label())))
                .orElseThrow();
    }
}
