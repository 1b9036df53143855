package io.github.recsys4j.split;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Fills a folder beside its destination and renames it when it is whole and on the disk. */
final class StagedFolder {
    private StagedFolder() {}

    /** Fills a folder. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path staged) throws IOException;
    }

    static void write(Path folder, Content content) {
        Path target = folder.toAbsolutePath().normalize();
        try {
            checkFree(target);
            Path parent = Files.createDirectories(target.resolveSibling(".").normalize());
            Path staged =
                    Files.createDirectory(parent.resolve("." + target.getFileName() + ".tmp-" + UUID.randomUUID()));
            try {
                content.writeTo(staged);
                sync(staged);
                Files.deleteIfExists(target);
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
                syncFolder(parent);
            } finally {
                deleteIfThere(staged);
            }
        } catch (IOException e) {
            throw new ArtifactException(
                    "Folder " + target + " cannot be written: " + e
                            + ". Nothing was left there; check permission and free space.",
                    e);
        }
    }

    private static void checkFree(Path target) throws IOException {
        if (Files.exists(target) && !isEmptyFolder(target)) {
            throw new ArtifactException(
                    "Folder " + target + " exists already and is not empty: delete it, or choose another.");
        }
    }

    private static boolean isEmptyFolder(Path target) throws IOException {
        return Files.isDirectory(target) && children(target).isEmpty();
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static void sync(Path staged) throws IOException {
        for (Path file : children(staged)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
        syncFolder(staged);
    }

    /** Windows has no such thing, and needs none. */
    private static void syncFolder(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static void deleteIfThere(Path staged) throws IOException {
        if (Files.exists(staged)) {
            MoreFiles.deleteRecursively(staged, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }
}
