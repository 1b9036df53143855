package io.github.recsys4j.model.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of checkpoints, each a folder of its own named after its step: {@code checkpoint.json} says what it is
 * and lists each file's size and SHA-256; each group of tensors is one {@code .f32} file of little-endian floats,
 * one tensor after the other in the order that {@code checkpoint.json} gives.
 *
 * <p>Written beside, synced, then renamed: a folder with the final name is whole. Reading verifies sizes and digests
 * all the same, because disks and people change files. Not thread-safe.
 */
final class CheckpointStore {
    static final int FORMAT = 1;
    static final String INDEX = "checkpoint.json";
    private static final String PREFIX = "step-";
    private static final String PARTIAL = ".partial-";
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointStore.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    CheckpointStore(Path folder) {
        this.folder = folder;
    }

    /** The content of {@code checkpoint.json}. */
    record Index(int format, String fingerprint, RunState state, Map<String, TensorFile.Entry> groups) {}

    /** {@return the checkpoints' folders, oldest first} */
    List<Path> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> child.getFileName().toString().startsWith(PREFIX))
                    .sorted(Comparator.comparing(child -> child.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new ArtifactException("checkpoint folder " + folder + " cannot be listed: " + e, e);
        }
    }

    /** {@return the newest checkpoint, whole and verified; empty where there is none} */
    Optional<Checkpoint> newest() {
        List<Path> all = list();
        return all.isEmpty() ? Optional.empty() : Optional.of(read(all.get(all.size() - 1)));
    }

    /** Saves a checkpoint and drops all but the newest ones. */
    void write(Checkpoint checkpoint, int keep) {
        try {
            Files.createDirectories(folder);
            String name = String.format(
                    Locale.ROOT, "%s%010d", PREFIX, checkpoint.state().step());
            Path partial = folder.resolve(PARTIAL + name);
            delete(partial);
            Files.createDirectory(partial);
            writeFiles(checkpoint, partial);
            Path target = folder.resolve(name);
            delete(target);
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
            dropOld(keep);
        } catch (IOException e) {
            throw new ArtifactException(
                    "checkpoint folder " + folder + " cannot be written: " + e
                            + ". Free space or name another folder; finished checkpoints are untouched.",
                    e);
        }
    }

    private static void writeFiles(Checkpoint checkpoint, Path partial) throws IOException {
        Map<String, TensorFile.Entry> groups = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, float[]>> group :
                checkpoint.tensors().entrySet()) {
            groups.put(group.getKey(), TensorFile.write(partial, group.getKey(), group.getValue()));
        }
        Index index = new Index(FORMAT, checkpoint.fingerprint(), checkpoint.state(), groups);
        try (FileChannel channel =
                FileChannel.open(partial.resolve(INDEX), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(index));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        sync(partial);
    }

    private void dropOld(int keep) throws IOException {
        List<Path> all = list();
        for (Path old : all.subList(0, Math.max(0, all.size() - keep))) {
            delete(old);
        }
    }

    /**
     * Reads one checkpoint.
     *
     * @throws ArtifactException if a file is missing, altered or of another format
     */
    static Checkpoint read(Path checkpoint) {
        try {
            Index index = JSON.readValue(Files.readAllBytes(checkpoint.resolve(INDEX)), Index.class);
            if (index.format() != FORMAT) {
                throw new ArtifactException("checkpoint " + checkpoint + " has format " + index.format()
                        + ", this version reads " + FORMAT + ". Delete it, or go on with the version that wrote it.");
            }
            Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, TensorFile.Entry> group : index.groups().entrySet()) {
                tensors.put(group.getKey(), TensorFile.read(checkpoint, group.getValue()));
            }
            return new Checkpoint(index.fingerprint(), index.state(), tensors);
        } catch (JsonProcessingException e) {
            throw damaged(checkpoint, INDEX + " is not what was written: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw damaged(checkpoint, e.toString(), e);
        }
    }

    static ArtifactException damaged(Path checkpoint, String found, Exception cause) {
        return new ArtifactException(
                "checkpoint " + checkpoint + " is damaged: " + found
                        + ". Delete that folder to go on from the one before it, or all of them to begin anew.",
                cause);
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            MoreFiles.deleteRecursively(path, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    /** Makes a folder's entries durable; where the system cannot open folders, renames are durable already. */
    private static void sync(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("folder {} cannot be synced", directory, e);
        }
    }
}
