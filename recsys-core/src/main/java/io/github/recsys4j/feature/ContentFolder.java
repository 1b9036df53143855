package io.github.recsys4j.feature;

import io.github.recsys4j.DatasetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of images or sounds. Names come from data files, which nobody vouches for: a name that leads out of the
 * folder, be it by {@code ..}, as an absolute path or through a link, is refused.
 */
final class ContentFolder {
    private final Path folder;
    private final Map<String, Path> byStem = new HashMap<>();

    private ContentFolder(Path folder) {
        this.folder = folder;
    }

    static ContentFolder open(Path folder) {
        try {
            return new ContentFolder(folder.toRealPath());
        } catch (IOException e) {
            throw new DatasetException(folder + " cannot be read: " + e + ". Name the folder of the items' files.", e);
        }
    }

    /** Makes files known by their names without the ending; of equal ones the first in the order of the alphabet. */
    ContentFolder indexed() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            sorted.forEach(file -> byStem.putIfAbsent(stem(file.getFileName().toString()), file));
        } catch (IOException e) {
            throw new DatasetException(folder + " cannot be listed: " + e + ". Make it readable.", e);
        }
        return this;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /** The file {@code <id>.<ending>}; an id is only ever compared with names, so it leads nowhere else. */
    Optional<Path> ofItem(String id) {
        return Optional.ofNullable(byStem.get(id));
    }

    /** The file of that name, relative to the folder. */
    Path named(String name) throws IOException {
        try {
            Path file = folder.resolve(name).normalize();
            if (!file.startsWith(folder)) {
                throw new OutsideException(name);
            }
            return file;
        } catch (InvalidPathException e) {
            throw new IOException("no such file: " + e.getMessage(), e);
        }
    }

    byte[] read(Path file) throws IOException {
        if (Files.exists(file) && !file.toRealPath().startsWith(folder)) {
            throw new OutsideException(file.getFileName().toString());
        }
        return ContentFiles.read(file);
    }

    /** A name that leads out of the folder. */
    static final class OutsideException extends IOException {
        private static final long serialVersionUID = 1;

        OutsideException(String name) {
            super("\"" + name + "\" leads out of the folder");
        }
    }
}
