package io.github.recsys4j.split;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Vocabulary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The rows of one file of a {@link SplitFolder}, column by column. */
final class SplitRows {
    final int[] users;
    final int[] items;
    final Optional<long[]> times;
    final Optional<float[]> values;
    /** Places among the user's rows; empty in the training file. */
    final Optional<int[]> positions;

    private final Path file;

    SplitRows(Path folder, String name, SplitManifest manifest) {
        int rows = manifest.entry(name).rows();
        file = folder.resolve(name + ".csv");
        users = new int[rows];
        items = new int[rows];
        times = manifest.times() ? Optional.of(new long[rows]) : Optional.empty();
        values = manifest.values() ? Optional.of(new float[rows]) : Optional.empty();
        positions = name.equals("train") ? Optional.empty() : Optional.of(new int[rows]);
    }

    int size() {
        return users.length;
    }

    SplitRows read(Vocabulary userIds, Vocabulary itemIds) throws IOException {
        int row = -1;
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
            for (CsvRecord line : csv) {
                if (row >= 0) {
                    checkRow(row < size() && line.getFieldCount() == fieldCount(), line, "has another shape");
                    users[row] = index(userIds, line, 0);
                    items[row] = index(itemIds, line, 1);
                    readNumbers(row, line);
                }
                row++;
            }
        }
        if (row != size()) {
            throw new DatasetException(file + " has " + Math.max(0, row) + " rows; split.json says " + size()
                    + ". Write the split again.");
        }
        return this;
    }

    private int fieldCount() {
        return 2 + (times.isPresent() ? 1 : 0) + (values.isPresent() ? 1 : 0) + (positions.isPresent() ? 1 : 0);
    }

    private int index(Vocabulary ids, CsvRecord line, int field) {
        int index = ids.indexOf(line.getField(field));
        checkRow(index != Vocabulary.UNKNOWN, line, "has an id \"" + line.getField(field) + "\" that is not listed");
        return index;
    }

    private void readNumbers(int row, CsvRecord line) {
        times.ifPresent(column -> column[row] = number(line, 2, Long::parseLong));
        values.ifPresent(column -> column[row] = number(line, times.isPresent() ? 3 : 2, Float::parseFloat));
        positions.ifPresent(column -> column[row] = number(line, fieldCount() - 1, Integer::parseInt));
    }

    private <T extends Number> T number(CsvRecord line, int field, Function<String, T> parse) {
        try {
            return parse.apply(line.getField(field));
        } catch (NumberFormatException e) {
            throw new DatasetException(
                    at(line) + " has \"" + line.getField(field) + "\" where a number belongs. Write the split again.",
                    e);
        }
    }

    private void checkRow(boolean right, CsvRecord line, String found) {
        if (!right) {
            throw new DatasetException(at(line) + " " + found + ". Write the split again.");
        }
    }

    private String at(CsvRecord line) {
        return file + ":" + line.getStartingLineNumber();
    }

    Path file() {
        return file;
    }
}
