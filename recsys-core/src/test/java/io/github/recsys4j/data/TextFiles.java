package io.github.recsys4j.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Writes small files, and reads a data set back as text so that a test can say what it expects. */
final class TextFiles {
    private TextFiles() {}

    static Path write(Path folder, String name, String text) {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path gzip(Path folder, String name, String text) {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    /** One text per row, {@code user item time value}, in the order of the data set. */
    static List<String> rows(Dataset dataset) {
        Interactions interactions = dataset.interactions();
        List<String> rows = new ArrayList<>();
        for (int user = 0; user < interactions.numUsers(); user++) {
            for (int row = interactions.start(user); row < interactions.end(user); row++) {
                rows.add(dataset.users().id(user) + " "
                        + dataset.items().id(interactions.item(row)) + " " + interactions.time(row) + " "
                        + interactions.value(row));
            }
        }
        return rows;
    }

    /** One text per user, {@code user: item item}. */
    static List<String> sequences(Dataset dataset) {
        List<String> sequences = new ArrayList<>();
        for (int user = 0; user < dataset.users().size(); user++) {
            sequences.add(dataset.users().id(user) + ": "
                    + String.join(
                            " ", dataset.items().idsOf(dataset.interactions().items(user))));
        }
        return sequences;
    }
}
