package io.github.recsys4j.feature;

import io.github.recsys4j.data.Column;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds and reads each item's file, by its id or by the name in a column. */
record ItemFiles(ContentFolder folder, Optional<Column> names) {

    byte[] read(int item, String id) throws ItemEncoding.SkippedException {
        try {
            Optional<Path> file = names.isEmpty() ? folder.ofItem(id) : named(item);
            if (file.isEmpty() || !file.get().toFile().isFile()) {
                throw new ItemEncoding.SkippedException(
                        "missing", file.map(path -> "no file " + path).orElse("no file of that name"));
            }
            return folder.read(file.get());
        } catch (ContentFolder.OutsideException e) {
            throw new ItemEncoding.SkippedException("outside the folder", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new ItemEncoding.SkippedException("unreadable", e.toString());
        }
    }

    private Optional<Path> named(int item) throws IOException {
        Optional<String> name = names.flatMap(column -> column.value(item));
        return name.isEmpty() ? Optional.empty() : Optional.of(folder.named(name.get()));
    }
}
