package io.github.recsys4j.model;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model's place on disk and the two siblings that replacing it needs: {@code .NAME.saving} holds a model that is
 * being written, {@code .NAME.previous} the complete old one for the moment between two renames.
 *
 * <p>A crash at any point leaves, under its own name or as {@code .previous}, the old model or the new one;
 * {@link #current()} finds it. One process may save to a place at a time.
 */
final class ModelFolder {
    private static final Logger LOG = LoggerFactory.getLogger(ModelFolder.class);

    private final Path path;
    private final Path saving;
    private final Path previous;

    ModelFolder(Path given) {
        path = given.toAbsolutePath().normalize();
        Path name = path.getFileName();
        if (name == null) {
            throw new ArtifactException("Model folder " + given + " has no name: choose a folder below it");
        }
        saving = path.resolveSibling("." + name + ".saving");
        previous = path.resolveSibling("." + name + ".previous");
    }

    @Override
    public String toString() {
        return path.toString();
    }

    /** The folder to read: the old model's where a save was cut off between its renames. */
    Path current() {
        if (!Files.exists(path) && Files.isDirectory(previous)) {
            LOG.warn("Model folder {} is gone because a save was cut off; the model before it is read", path);
            return previous;
        }
        return path;
    }

    /** Gives an empty folder to write to, after making sure that nothing but a model would be replaced. */
    Path begin() throws IOException {
        requireReplaceable();
        restorePrevious();
        delete(saving);
        return Files.createDirectories(saving);
    }

    private void requireReplaceable() throws IOException {
        if (!Files.exists(path) || Files.isRegularFile(path.resolve(ArtifactFiles.MANIFEST))) {
            return;
        }
        if (!Files.isDirectory(path)) {
            throw new ArtifactException("Model folder " + path + " is a file: choose another name");
        }
        try (Stream<Path> children = Files.list(path)) {
            if (children.findAny().isPresent()) {
                throw new ArtifactException("Model folder " + path + " holds other files and no "
                        + ArtifactFiles.MANIFEST + ": saving would delete them. Choose a new or empty folder");
            }
        }
    }

    private void restorePrevious() throws IOException {
        if (!Files.exists(path) && Files.isDirectory(previous)) {
            Files.move(previous, path, StandardCopyOption.ATOMIC_MOVE);
        }
        delete(previous);
    }

    /** Puts what was written in the place of the old model. */
    void commit() throws IOException {
        sync(saving);
        if (Files.exists(path)) {
            Files.move(path, previous, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(saving, path, StandardCopyOption.ATOMIC_MOVE);
        sync(path.resolveSibling("."));
        delete(previous);
    }

    /** Leaves nothing of a save that failed. */
    void abandon() {
        try {
            delete(saving);
        } catch (IOException e) {
            LOG.warn("Folder {} of a failed save could not be deleted", saving, e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /** Makes the entries of a folder durable; some systems cannot open one, and lose nothing by it. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("Folder {} cannot be synced", folder, e);
        }
    }
}
