package io.github.recsys4j.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.model.Manifest.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes a model folder beside its place, syncs every file, and renames it: the manifest comes last, with the size and
 * digest of every other file.
 */
final class ArtifactWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter READABLE = JSON.writerWithDefaultPrettyPrinter();

    private ArtifactWriter() {}

    static void write(ModelArtifact artifact, Path path) {
        ModelFolder folder = new ModelFolder(path);
        try {
            Path saving = folder.begin();
            writeFiles(artifact, saving);
            writeManifest(artifact.manifest(), saving);
            folder.commit();
        } catch (IOException e) {
            folder.abandon();
            throw new ArtifactException(
                    "Model folder " + folder + " could not be written: " + e + ". What was there before is untouched."
                            + " Check that the disk has room and that the folder above may be written to",
                    e);
        } catch (RuntimeException e) {
            folder.abandon();
            throw e;
        }
    }

    private static void writeFiles(ModelArtifact artifact, Path folder) throws IOException {
        Manifest.Shape shape = artifact.manifest().shape();
        List<Integer> matrix = List.of(shape.items(), shape.dim());
        write(folder.resolve(ArtifactFiles.USER_TOWER), artifact.userTowerBytes());
        if (artifact.ranker().isPresent()) {
            write(
                    folder.resolve(ArtifactFiles.RANKER),
                    ModelArtifact.bytes(artifact.ranker().get()));
        }
        if (artifact.contents().isPresent()) {
            ModelArtifact.Contents contents = artifact.contents().get();
            int parts = artifact.manifest().contents().size() + 1;
            write(folder.resolve(ArtifactFiles.ITEM_TOWER), ModelArtifact.bytes(contents.tower()));
            NpyFile.write(folder.resolve(ArtifactFiles.ITEM_SHARES), contents.shares(), List.of(shape.items(), parts));
        }
        NpyFile.write(folder.resolve(ArtifactFiles.ITEM_INPUTS), artifact.itemInputs(), matrix);
        if (artifact.ownVectors().isPresent()) {
            NpyFile.write(folder.resolve(ArtifactFiles.ITEM_VECTORS), artifact.itemVectors(), matrix);
        }
        ModelArtifact.Catalogue catalogue = artifact.catalogue();
        write(
                folder.resolve(ArtifactFiles.ITEM_IDS),
                JSON.writeValueAsBytes(catalogue.items().ids()));
        write(folder.resolve(ArtifactFiles.ITEM_TABLE), JSON.writeValueAsBytes(catalogue.table()));
        writeLongs(folder.resolve(ArtifactFiles.ITEM_COUNTS), catalogue.counts());
        if (artifact.histories().isPresent()) {
            writeHistories(artifact.histories().get(), folder);
        }
        UserContexts contexts = artifact.contexts();
        if (contexts.users().size() > 0) {
            List<Integer> sizes = List.of(contexts.users().size(), contexts.width());
            NpyFile.write(folder.resolve(ArtifactFiles.USER_CONTEXTS), contexts.rows(), sizes);
        }
    }

    private static void writeHistories(StoredHistories histories, Path folder) throws IOException {
        write(
                folder.resolve(ArtifactFiles.USER_IDS),
                JSON.writeValueAsBytes(histories.users().ids()));
        writeLongs(folder.resolve(ArtifactFiles.HISTORY_OFFSETS), histories.offsets());
        writeLongs(folder.resolve(ArtifactFiles.HISTORY_ITEMS), histories.items());
    }

    private static void writeLongs(Path file, LongBuffer values) {
        NpyFile.write(file, values, List.of(values.remaining()));
    }

    private static void writeManifest(Manifest manifest, Path folder) throws IOException {
        Map<String, FileEntry> files = new HashMap<>();
        try (Stream<Path> children = Files.list(folder)) {
            for (Path file : children.toList()) {
                files.put(file.getFileName().toString(), new FileEntry(Files.size(file), Digests.ofFile(file)));
            }
        }
        write(folder.resolve(ArtifactFiles.MANIFEST), READABLE.writeValueAsBytes(manifest.withFiles(files)));
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
