package io.github.recsys4j.examples.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.examples.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes a data set as the CSV files that {@code --format csv} reads. */
final class DatasetFiles {
    /** Below this, a reader takes a number for seconds. */
    private static final long SMALLEST_MILLIS = 100_000_000_000L;

    private DatasetFiles() {}

    /** Refuses a folder that holds something already. */
    static void checkEmpty(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            if (entries.findAny().isPresent()) {
                throw new IllegalArgumentException(
                        folder + " is not empty: choose a new folder for --output, or empty this one");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " is not a folder: choose a new one for --output", e);
        }
    }

    /** Writes what there is: {@code interactions.csv} last, so that a folder with it is whole. */
    static void write(Dataset dataset, Path folder) {
        writeTable(folder.resolve("items.csv"), "item_id", dataset.items(), dataset.itemTable());
        if (!dataset.userTable().columns().isEmpty()) {
            writeTable(folder.resolve("users.csv"), "user_id", dataset.users(), dataset.userTable());
        }
        AtomicFiles.write(folder.resolve("interactions.csv"), out -> writeInteractions(dataset, out));
    }

    private static void writeTable(Path file, String id, Vocabulary ids, Table table) {
        AtomicFiles.write(file, out -> {
            CsvWriter csv = csv(out);
            List<String> header = new ArrayList<>(List.of(id));
            table.columns().forEach(column -> header.add(column.name()));
            csv.writeRecord(header);
            for (int row = 0; row < ids.size(); row++) {
                csv.writeRecord(cells(ids.id(row), table, row));
            }
            csv.flush();
        });
    }

    private static List<String> cells(String id, Table table, int row) {
        List<String> cells = new ArrayList<>(List.of(id));
        for (Column column : table.columns()) {
            cells.add(column.value(row).orElse(""));
        }
        return cells;
    }

    private static void writeInteractions(Dataset dataset, OutputStream out) throws IOException {
        Interactions rows = dataset.interactions();
        boolean early = IntStream.range(0, rows.size()).anyMatch(row -> rows.time(row) < SMALLEST_MILLIS);
        LongFunction<String> time =
                early ? millis -> Instant.ofEpochMilli(millis).toString() : Long::toString;
        CsvWriter csv = csv(out);
        csv.writeRecord(header(rows));
        for (int user = 0; user < rows.numUsers(); user++) {
            for (int row = rows.start(user); row < rows.end(user); row++) {
                csv.writeRecord(cells(dataset, user, row, time));
            }
        }
        csv.flush();
    }

    private static List<String> header(Interactions rows) {
        List<String> header = new ArrayList<>(List.of("user_id", "item_id"));
        if (rows.hasTimes()) {
            header.add("timestamp");
        }
        if (rows.hasValues()) {
            header.add("value");
        }
        return header;
    }

    private static List<String> cells(Dataset dataset, int user, int row, LongFunction<String> time) {
        Interactions rows = dataset.interactions();
        List<String> cells = new ArrayList<>();
        cells.add(dataset.users().id(user));
        cells.add(dataset.items().id(rows.item(row)));
        if (rows.hasTimes()) {
            cells.add(time.apply(rows.time(row)));
        }
        if (rows.hasValues()) {
            cells.add(Float.toString(rows.value(row)));
        }
        return cells;
    }

    private static CsvWriter csv(OutputStream out) {
        return CsvWriter.builder().build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }
}
