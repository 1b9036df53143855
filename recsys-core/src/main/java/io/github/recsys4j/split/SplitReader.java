package io.github.recsys4j.split;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the files of {@link SplitFolder} after they were verified. Not thread-safe. */
final class SplitReader {
    private static final byte FREE = -1;

    private final Path folder;
    private final SplitManifest manifest;

    SplitReader(Path folder, SplitManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    Split read() throws IOException {
        Ids users = readIds("users");
        Ids items = readIds("items");
        List<SplitRows> parts = new ArrayList<>();
        for (String name : partNames()) {
            parts.add(new SplitRows(folder, name, manifest).read(users.ids(), items.ids()));
        }
        Merger merger = new Merger(users.ids().size(), parts);
        Dataset dataset =
                Dataset.of(users.ids(), items.ids(), merger.interactions()).withTables(items.table(), users.table());
        return Assignment.restored(dataset, merger.roles, manifest);
    }

    /** Those with positions first: training rows fill what is left. */
    private List<String> partNames() {
        List<String> names = new ArrayList<>(List.of("context"));
        names.addAll(SplitManifest.heldOut(manifest.groups()));
        names.add("train");
        return names;
    }

    /** Ids and what is known of them. */
    private record Ids(Vocabulary ids, Table table) {}

    private Ids readIds(String name) throws IOException {
        Path file = folder.resolve(name + ".csv");
        List<CsvRecord> lines;
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
            lines = csv.stream().toList();
        }
        if (lines.size() != manifest.entry(name).rows() + 1) {
            throw new DatasetException(file + " has " + lines.size() + " lines; split.json says "
                    + manifest.entry(name).rows() + " rows and a header. Write the split again.");
        }
        int width = lines.get(0).getFieldCount();
        List<CsvRecord> rows = lines.subList(1, lines.size());
        if (rows.stream().anyMatch(row -> row.getFieldCount() != width)
                || rows.stream().map(row -> row.getField(0)).distinct().count() != rows.size()) {
            throw new DatasetException(
                    file + " must have distinct ids and rows of " + width + " fields. Write the split again.");
        }
        List<Column> columns = new ArrayList<>();
        for (int field = 1; field < width; field++) {
            int index = field;
            columns.add(new Column(
                    lines.get(0).getField(field),
                    rows.stream().map(row -> row.getField(index)).toList()));
        }
        return new Ids(
                Vocabulary.inOrder(rows.stream().map(row -> row.getField(0)).toList()),
                new Table(rows.size(), columns));
    }

    /** Puts the rows of all files back in their places. */
    private static final class Merger {
        private final int[] offsets;
        private final int[] items;
        private final Optional<long[]> times;
        private final Optional<float[]> values;
        final byte[] roles;

        Merger(int numUsers, List<SplitRows> parts) {
            offsets = new int[numUsers + 1];
            parts.forEach(part -> Arrays.stream(part.users).forEach(user -> offsets[user + 1]++));
            Arrays.parallelPrefix(offsets, Integer::sum);
            int rows = offsets[numUsers];
            items = new int[rows];
            roles = new byte[rows];
            times = parts.get(0).times.map(column -> new long[rows]);
            values = parts.get(0).values.map(column -> new float[rows]);
            Arrays.fill(roles, FREE);
            for (int part = 0; part < parts.size() - 1; part++) {
                place(parts.get(part), part == 0 ? Layout.CONTEXT : (byte) (Layout.VALIDATION + part - 1));
            }
            fill(parts.get(parts.size() - 1));
        }

        private void place(SplitRows part, byte role) {
            int[] positions = part.positions.orElseThrow();
            for (int row = 0; row < part.size(); row++) {
                int user = part.users[row];
                int place = offsets[user] + positions[row];
                boolean inRange = positions[row] >= 0 && positions[row] < offsets[user + 1] - offsets[user];
                boolean free = inRange && roles[place] == FREE;
                put(part, row, free ? place : offsets[offsets.length - 1], role);
            }
        }

        private void fill(SplitRows train) {
            int[] next = offsets.clone();
            for (int row = 0; row < train.size(); row++) {
                int user = train.users[row];
                while (next[user] < offsets[user + 1] && roles[next[user]] != FREE) {
                    next[user]++;
                }
                put(train, row, next[user], Layout.TRAIN);
            }
        }

        private void put(SplitRows part, int row, int place, byte role) {
            if (place >= items.length) {
                throw new DatasetException(part.file() + " row " + (row + 1)
                        + " has a position that is taken or out of range. Write the split again.");
            }
            items[place] = part.items[row];
            roles[place] = role;
            times.ifPresent(column -> column[place] = part.times.orElseThrow()[row]);
            values.ifPresent(column -> column[place] = part.values.orElseThrow()[row]);
        }

        Interactions interactions() {
            times.ifPresent(this::checkOrder);
            return Interactions.ofSorted(offsets, items, times, values);
        }

        private void checkOrder(long[] column) {
            for (int user = 0; user + 1 < offsets.length; user++) {
                for (int row = offsets[user] + 1; row < offsets[user + 1]; row++) {
                    if (column[row] < column[row - 1]) {
                        throw new DatasetException("Rows of user number " + user
                                + " in the split are not in the order of time. Write the split again.");
                    }
                }
            }
        }
    }
}
