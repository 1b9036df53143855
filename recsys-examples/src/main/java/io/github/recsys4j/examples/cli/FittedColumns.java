package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Table;
import io.github.recsys4j.examples.io.AtomicFiles;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.prepare.CategoryEncoder;
import io.github.recsys4j.prepare.DenseRows;
import io.github.recsys4j.prepare.NumericScaler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Scales and categories that were learned from training rows.
 *
 * @param scaler of the numeric columns, if there are any
 * @param encoders one for each categorical column
 */
record FittedColumns(Optional<NumericScaler> scaler, List<CategoryEncoder> encoders) {
    private static final String NUMBERS = "numbers.json";
    private static final String CATEGORIES = "categories-%d.json";

    /** Makes a matrix of each kind, and says what was no number or rare. */
    List<FeatureMatrix> matrices(Table table, Consumer<String> log) {
        List<FeatureMatrix> matrices = new ArrayList<>();
        numbers(table, log).ifPresent(rows -> matrices.add(FeatureMatrix.of(Modality.NUMBERS, rows)));
        List<DenseRows> categories = categories(table, log);
        if (!categories.isEmpty()) {
            matrices.add(sideBySide(Modality.CATEGORIES, categories));
        }
        return matrices;
    }

    /** Makes one matrix of everything side by side, as users have one. */
    FeatureMatrix matrix(Table table, Consumer<String> log) {
        List<DenseRows> parts = new ArrayList<>();
        numbers(table, log).ifPresent(parts::add);
        parts.addAll(categories(table, log));
        return sideBySide(Modality.CATEGORIES, parts);
    }

    private Optional<DenseRows> numbers(Table table, Consumer<String> log) {
        return scaler.map(known -> {
            NumericScaler.Scaled scaled = known.apply(table);
            log.accept(scaled.report().toString());
            return scaled.rows();
        });
    }

    private List<DenseRows> categories(Table table, Consumer<String> log) {
        List<DenseRows> rows = new ArrayList<>();
        for (CategoryEncoder encoder : encoders) {
            CategoryEncoder.Encoded encoded = encoder.apply(table);
            log.accept(encoded.report().toString());
            rows.add(encoded.rows());
        }
        return rows;
    }

    private static FeatureMatrix sideBySide(Modality modality, List<DenseRows> parts) {
        int dim = parts.stream().mapToInt(DenseRows::dim).sum();
        int rows = parts.get(0).rows();
        FeatureMatrix.Builder matrix = FeatureMatrix.builder(modality, rows, dim);
        for (int row = 0; row < rows; row++) {
            float[] joined = new float[dim];
            int at = 0;
            boolean present = false;
            for (DenseRows part : parts) {
                System.arraycopy(part.row(row), 0, joined, at, part.dim());
                present |= part.present(row);
                at += part.dim();
            }
            if (present) {
                matrix.put(row, joined);
            }
        }
        return matrix.build();
    }

    /** Keeps what was learned, for items that come later. */
    void save(Path folder) {
        scaler.ifPresent(known -> AtomicFiles.write(folder.resolve(NUMBERS), known.toJson()));
        for (int i = 0; i < encoders.size(); i++) {
            AtomicFiles.write(
                    folder.resolve(String.format(CATEGORIES, i)),
                    encoders.get(i).toJson());
        }
    }

    static FittedColumns load(Path folder) {
        Optional<NumericScaler> scaler = read(folder.resolve(NUMBERS)).map(NumericScaler::fromJson);
        List<CategoryEncoder> encoders = new ArrayList<>();
        Optional<String> next = read(folder.resolve(String.format(CATEGORIES, 0)));
        while (next.isPresent()) {
            encoders.add(CategoryEncoder.fromJson(next.get()));
            next = read(folder.resolve(String.format(CATEGORIES, encoders.size())));
        }
        return new FittedColumns(scaler, encoders);
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e + "; train again", e);
        }
    }
}
