package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.split.SplitManifest.FileEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Writes the files of {@link SplitFolder}. Not thread-safe. */
final class SplitWriter {
    private final Split split;
    private final Layout layout;
    private final Path folder;
    private final Map<String, FileEntry> files = new LinkedHashMap<>();

    SplitWriter(Split split, Layout layout, Path folder) {
        this.split = split;
        this.layout = layout;
        this.folder = folder;
    }

    void write() throws IOException {
        layout.groups.forEach(name -> checkArgument(
                SplitManifest.isGroupName(name),
                "group must be named with small letters, digits and hyphens and not like another file, got \"%s\"",
                name));
        Dataset dataset = split.train();
        writeIds("users", "user_id", dataset.users(), dataset.userTable());
        writeIds("items", "item_id", dataset.items(), dataset.itemTable());
        writeRows("train", Layout.TRAIN);
        writeRows("context", Layout.CONTEXT);
        List<String> heldOut = SplitManifest.heldOut(layout.groups);
        for (int part = 0; part < heldOut.size(); part++) {
            writeRows(heldOut.get(part), (byte) (Layout.VALIDATION + part));
        }
        manifest().write(folder);
    }

    private SplitManifest manifest() {
        SplitReport report = split.report();
        return new SplitManifest(
                SplitManifest.FORMAT,
                SplitManifest.VERSION,
                report.protocol(),
                layout.rows.hasTimes(),
                layout.rows.hasValues(),
                report.usersTooShort(),
                report.remainder().dropped(),
                report.notes(),
                layout.groups,
                files);
    }

    private void writeIds(String name, String idColumn, Vocabulary ids, Table table) throws IOException {
        Path file = folder.resolve(name + ".csv");
        try (CsvWriter csv =
                CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(file)) {
            List<String> header = new ArrayList<>(List.of(idColumn));
            table.columns().forEach(column -> header.add(column.name()));
            csv.writeRecord(header);
            for (int row = 0; row < ids.size(); row++) {
                List<String> fields = new ArrayList<>(List.of(ids.id(row)));
                for (Column column : table.columns()) {
                    fields.add(column.values().get(row));
                }
                csv.writeRecord(fields);
            }
        }
        files.put(name + ".csv", FileEntry.of(file, ids.size()));
    }

    private void writeRows(String name, byte role) throws IOException {
        Path file = folder.resolve(name + ".csv");
        int written = 0;
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord(header(role));
            for (int user = 0; user < layout.rows.numUsers(); user++) {
                written += writeUser(csv, user, role);
            }
        }
        files.put(name + ".csv", FileEntry.of(file, written));
    }

    private List<String> header(byte role) {
        List<String> header = new ArrayList<>(List.of("user_id", "item_id"));
        if (layout.rows.hasTimes()) {
            header.add("timestamp");
        }
        if (layout.rows.hasValues()) {
            header.add("value");
        }
        if (role != Layout.TRAIN) {
            header.add("position");
        }
        return header;
    }

    private List<String> fields(int user, int row, OptionalInt position) {
        List<String> fields = new ArrayList<>(5);
        fields.add(split.train().users().id(user));
        fields.add(split.train().items().id(layout.rows.item(row)));
        if (layout.rows.hasTimes()) {
            fields.add(Long.toString(layout.rows.time(row)));
        }
        if (layout.rows.hasValues()) {
            fields.add(Float.toString(layout.rows.value(row)));
        }
        position.ifPresent(place -> fields.add(Integer.toString(place)));
        return fields;
    }

    private int writeUser(CsvWriter csv, int user, byte role) {
        Interactions rows = layout.rows;
        int written = 0;
        int position = 0;
        for (int row = rows.start(user); row < rows.end(user); row++) {
            if (layout.roles[row] == role) {
                csv.writeRecord(
                        fields(user, row, role == Layout.TRAIN ? OptionalInt.empty() : OptionalInt.of(position)));
                written++;
            }
            position += layout.roles[row] == Layout.DROPPED ? 0 : 1;
        }
        return written;
    }
}
