package io.github.recsys4j.examples.cli;

import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.prepare.PreparationReport;
import io.github.recsys4j.prepare.TextCleaner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Cleans texts and leaves unfit images behind, and says what was left out.
 *
 * @param log takes the lines of the reports
 */
record ContentCleaning(Consumer<String> log) {

    /** Cleans columns of the items. */
    Dataset clean(Dataset dataset, List<String> columns, TextCleaner cleaner) {
        Table table = dataset.itemTable();
        List<String> known = table.columns().stream().map(Column::name).toList();
        for (String column : columns) {
            if (!known.contains(column)) {
                throw new IllegalArgumentException(
                        "the items have no column \"" + column + "\"; their columns are " + known);
            }
        }
        List<Column> cleaned = new ArrayList<>();
        for (Column column : table.columns()) {
            cleaned.add(columns.contains(column.name()) ? clean(column, cleaner) : column);
        }
        return dataset.withTables(new Table(table.numRows(), cleaned), dataset.userTable());
    }

    private Column clean(Column column, TextCleaner cleaner) {
        TextCleaner.CleanColumn clean = cleaner.clean(column);
        log(clean.report());
        return clean.column();
    }

    /** Copies the files that are images of a reasonable size. */
    void copyImages(Path from, Path to, ImageCopy how) {
        PreparationReport.Collector report = PreparationReport.collecting("images");
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                how.copy(file, to, report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("images of " + from + " cannot be copied to " + to + ": " + e, e);
        }
        log(report.report());
    }

    private void log(PreparationReport report) {
        log.accept(report.toString());
        report.examples().forEach(example -> log.accept("  " + example));
    }
}
