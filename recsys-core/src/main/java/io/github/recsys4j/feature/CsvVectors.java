package io.github.recsys4j.feature;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads ids and vectors from comma-separated values. */
final class CsvVectors {
    private final Path file;
    private final List<String> ids = new ArrayList<>();
    private float[] values = new float[1024];
    private int dim;

    private CsvVectors(Path file) {
        this.file = file;
    }

    static CsvVectors read(Path file) {
        CsvVectors vectors = new CsvVectors(file);
        try (CsvReader<CsvRecord> rows = CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(file)) {
            for (CsvRecord row : rows) {
                vectors.add(row);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new DatasetException(file + " cannot be read: " + e + ". Check the path and its permissions.", e);
        } catch (CsvParseException e) {
            throw new DatasetException(file + " is not comma-separated: " + e.getMessage() + ".", e);
        }
        if (vectors.ids.isEmpty()) {
            throw new DatasetException(file + " has no vectors; expected an id and its floats in each row.");
        }
        return vectors;
    }

    List<String> ids() {
        return ids;
    }

    int dim() {
        return dim;
    }

    float[] values() {
        return Arrays.copyOf(values, ids.size() * dim);
    }

    private void add(CsvRecord row) {
        if (dim == 0) {
            dim = row.getFieldCount() - 1;
            if (dim < 1) {
                throw new DatasetException(
                        at(row) + " has one field; expected an id and its floats, separated by commas.");
            }
            if (!isNumber(row.getField(1))) {
                return;
            }
        }
        if (row.getFieldCount() != dim + 1) {
            throw new DatasetException(at(row) + " has " + (row.getFieldCount() - 1)
                    + " floats behind the id, expected " + dim + " as in the first row.");
        }
        reserve();
        for (int column = 0; column < dim; column++) {
            values[ids.size() * dim + column] = number(row, column + 1);
        }
        ids.add(row.getField(0).strip());
    }

    private void reserve() {
        long needed = (ids.size() + 1L) * dim;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new DatasetException(file + " has more than 2^31 floats; save it as .npy and in parts.");
        }
        if (needed > values.length) {
            values =
                    Arrays.copyOf(values, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(needed, 2L * values.length)));
        }
    }

    private String at(CsvRecord row) {
        return file + ":" + row.getStartingLineNumber();
    }

    private float number(CsvRecord row, int field) {
        String text = row.getField(field).strip();
        if (!isNumber(text)) {
            throw new DatasetException(
                    at(row) + " has \"" + text + "\" in field " + (field + 1) + "; expected a number, such as 0.25.");
        }
        return Float.parseFloat(text);
    }

    private static boolean isNumber(String text) {
        try {
            Float.parseFloat(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
