package io.github.recsys4j.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.FieldLayout.Place;
import io.github.recsys4j.data.FieldLayout.Separator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where each format of delimited interactions has its fields. */
final class Layouts {
    private static final String USER = "user_id";
    private static final String ITEM = "item_id";
    private static final String TIME = "timestamp";
    private static final Set<String> ATOMIC_TYPES = Set.of("token", "token_seq", "float", "float_seq");

    private Layouts() {}

    /** The layout of a file whose first line is given. */
    static FieldLayout of(DataFormat format, Optional<ColumnNames> names, DataFile file, String firstLine) {
        return switch (format) {
            case CSV -> named(csvHeader(file, firstLine), Separator.COMMA, names, "value");
            case RECBOLE -> named(atomicHeader(file, firstLine), Separator.TAB, names, "rating");
            case MOVIELENS_CSV -> movieLensCsv(csvHeader(file, firstLine));
            case MOVIELENS_DAT -> movieLens(Separator.DOUBLE_COLON);
            case MOVIELENS_100K -> movieLens(Separator.TAB);
            case LASTFM ->
                new FieldLayout(
                        Separator.TAB,
                        0,
                        LastFmParser.TRACK + 1,
                        new Place(0, "userid"),
                        new Place(LastFmParser.TRACK_ID, "traid"),
                        new Place(1, TIME),
                        Place.NOWHERE);
            default -> throw new IllegalArgumentException(format + " has no delimited fields");
        };
    }

    private static FieldLayout movieLens(Separator separator) {
        return new FieldLayout(
                separator, 0, 4, new Place(0, USER), new Place(1, ITEM), new Place(3, TIME), new Place(2, "rating"));
    }

    private static FieldLayout movieLensCsv(Header header) {
        return named(
                header,
                Separator.COMMA,
                Optional.of(ColumnNames.of("userId", "movieId").time(TIME).value("rating")),
                "");
    }

    private static FieldLayout named(
            Header header, Separator separator, Optional<ColumnNames> names, String usualValue) {
        ColumnNames chosen = names.orElseGet(() -> new ColumnNames(
                USER,
                ITEM,
                Optional.of(TIME).filter(header::has),
                Optional.of(usualValue).filter(header::has)));
        return new FieldLayout(
                separator,
                1,
                header.names().size(),
                place(header, chosen.user()),
                place(header, chosen.item()),
                chosen.time().map(name -> place(header, name)).orElse(Place.NOWHERE),
                chosen.value().map(name -> place(header, name)).orElse(Place.NOWHERE));
    }

    private static Place place(Header header, String name) {
        return new Place(header.require(name), name);
    }

    private static Header csvHeader(DataFile file, String line) {
        try {
            return header(file, Csv.fields(line));
        } catch (CsvParseException e) {
            throw Csv.failure(file, e);
        }
    }

    /** The names of a plain header; blanks around them do not count. */
    static Header header(DataFile file, List<String> fields) {
        return new Header(file, fields.stream().map(String::trim).toList());
    }

    /** The names of RecBole's typed header {@code name:type}. */
    static Header atomicHeader(DataFile file, String line) {
        List<String> names = new ArrayList<>();
        for (String field : line.split("\t", -1)) {
            int colon = field.lastIndexOf(':');
            if (colon < 1 || !ATOMIC_TYPES.contains(field.substring(colon + 1).trim())) {
                throw new DatasetException(file + ":1: header field \"" + field
                        + "\" is not of the form name:type; RecBole's types are token, token_seq, float and float_seq,"
                        + " as in \"user_id:token\".");
            }
            names.add(field.substring(0, colon).trim());
        }
        return new Header(file, names);
    }
}
