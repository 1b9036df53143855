package io.github.recsys4j.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rows of fields in a fixed order, without a header: MovieLens and Last.fm. */
final class FixedTable {
    private static final List<String> GENRES = List.of(
            "unknown",
            "Action",
            "Adventure",
            "Animation",
            "Children's",
            "Comedy",
            "Crime",
            "Documentary",
            "Drama",
            "Fantasy",
            "Film-Noir",
            "Horror",
            "Musical",
            "Mystery",
            "Romance",
            "Sci-Fi",
            "Thriller",
            "War",
            "Western");
    private static final int GENRES_FROM = 5;

    /** Takes the fields of a line. */
    @FunctionalInterface
    private interface Row {
        void take(List<String> fields) throws BadRow;
    }

    private final Pattern separator;
    private final Charset charset;
    private final int fields;
    private final Row row;

    private FixedTable(String separator, Charset charset, int fields, Row row) {
        this.separator = Pattern.compile(Pattern.quote(separator));
        this.charset = charset;
        this.fields = fields;
        this.row = row;
    }

    /** The items or users of MovieLens 100K, 1M and 10M. */
    static FixedTable movieLens(DataFormat format, boolean isItems, TableCollector table) {
        boolean old = format == DataFormat.MOVIELENS_100K;
        if (isItems) {
            return old
                    ? movieLens("|", GENRES_FROM + GENRES.size(), items100k(table))
                    : named("::", table, List.of("", "title", "genres"));
        }
        return old
                ? named("|", table, List.of("", "age", "gender", "occupation", "zip_code"))
                : named("::", table, List.of("", "gender", "age", "occupation", "zip_code"));
    }

    private static FixedTable named(String separator, TableCollector table, List<String> names) {
        names.subList(1, names.size()).forEach(table::addColumn);
        return movieLens(separator, names.size(), fields -> table.add(fields.get(0), names, fields));
    }

    private static FixedTable movieLens(String separator, int fields, Row row) {
        return new FixedTable(separator, StandardCharsets.ISO_8859_1, fields, row);
    }

    private static Row items100k(TableCollector table) {
        List<String> names = List.of("title", "release_date", "video_release_date", "imdb_url", "genres");
        names.forEach(table::addColumn);
        return fields -> {
            List<String> values = new ArrayList<>(fields.subList(1, GENRES_FROM));
            List<String> genres = new ArrayList<>();
            for (int genre = 0; genre < GENRES.size(); genre++) {
                if (fields.get(GENRES_FROM + genre).equals("1")) {
                    genres.add(GENRES.get(genre));
                }
            }
            values.add(String.join("|", genres));
            table.add(fields.get(0), names, values);
        };
    }

    /** The tracks of a Last.fm listening history; the first row of a track describes it. */
    static FixedTable tracks(TableCollector table) {
        List<String> names = List.of("title", "artist", "artist_id");
        names.forEach(table::addColumn);
        return new FixedTable("\t", StandardCharsets.UTF_8, LastFmParser.TRACK + 1, fields -> {
            String artist = fields.get(LastFmParser.ARTIST);
            String title = fields.get(LastFmParser.TRACK);
            String trackId = fields.get(LastFmParser.TRACK_ID);
            String id = trackId.isEmpty() ? LastFmParser.nameOf(artist, title) : trackId;
            if (!table.contains(id)) {
                table.add(id, names, List.of(title, artist, fields.get(LastFmParser.ARTIST - 1)));
            }
        });
    }

    /** Reads all lines. */
    BadRows read(LineFile file) {
        return file.forEach((number, line) -> {
            String[] found = separator.split(line, -1);
            if (found.length != fields) {
                throw new BadRow("the line has " + found.length + " fields; expected " + fields);
            }
            List<String> values = new ArrayList<>(fields);
            for (String field : found) {
                values.add(Texts.decode("field", field, charset));
            }
            row.take(values);
        });
    }
}
