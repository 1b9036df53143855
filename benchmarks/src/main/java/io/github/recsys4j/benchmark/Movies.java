package io.github.recsys4j.benchmark;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** Reads the folder {@code ml-1m-multimodal}: everybody's films in their order, and what is known of the films. */
final class Movies {
    private static final List<String> COLUMNS = List.of("title", "genres", "year", "director", "actors", "plot");

    private Movies() {}

    /**
     * Reads the folder.
     *
     * @param folder holds {@code sequences.txt.gz}, one user and the user's films a line, and {@code items.csv}
     * @return users and items in the order of their numbers, items with their columns
     */
    static Dataset read(Path folder) {
        List<String[]> lines = lines(folder.resolve("sequences.txt.gz"));
        Vocabulary users =
                Vocabulary.inOrder(lines.stream().map(line -> line[0]).toList());
        Vocabulary items = Vocabulary.inOrder(lines.stream()
                .flatMap(line -> Arrays.stream(line).skip(1))
                .distinct()
                .sorted((one, other) -> Integer.compare(Integer.parseInt(one), Integer.parseInt(other)))
                .toList());
        Table table = table(folder.resolve("items.csv"), items);
        return Dataset.of(users, items, interactions(lines, items)).withTables(table, Table.empty(users.size()));
    }

    private static List<String[]> lines(Path file) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII))) {
            return reader.lines().map(line -> line.split(" ", -1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
    }

    private static Interactions interactions(List<String[]> lines, Vocabulary items) {
        int[] offsets = new int[lines.size() + 1];
        for (int user = 0; user < lines.size(); user++) {
            offsets[user + 1] = offsets[user] + lines.get(user).length - 1;
        }
        int[] rows = lines.stream()
                .flatMap(line -> Arrays.stream(line).skip(1))
                .mapToInt(items::indexOf)
                .toArray();
        return Interactions.ofSorted(offsets, rows, Optional.empty(), Optional.empty());
    }

    private static Table table(Path file, Vocabulary items) {
        Map<String, NamedCsvRecord> rows = new HashMap<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(file)) {
            reader.forEach(row -> rows.put(row.getField("movie_id"), row));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " could not be read", e);
        }
        List<Column> columns = COLUMNS.stream()
                .map(name -> new Column(
                        name,
                        IntStream.range(0, items.size())
                                .mapToObj(item -> Optional.ofNullable(rows.get(items.id(item)))
                                        .map(row -> row.getField(name))
                                        .orElse(""))
                                .toList()))
                .toList();
        return new Table(items.size(), columns);
    }
}
