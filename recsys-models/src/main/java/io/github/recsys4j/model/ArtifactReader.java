package io.github.recsys4j.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.Manifest.FileEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a model folder: first the format version, then the size and digest of every file, then the shapes and values,
 * and says of the first thing that is wrong what was found and what was expected. Matrices are mapped, not copied.
 */
final class ArtifactReader {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final String AGAIN = "Copy or save the model again";

    private final Path folder;
    private final Manifest manifest;

    private ArtifactReader(Path folder, Manifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /** Reads a whole model; without histories where the caller brings other ones. */
    static ModelArtifact read(Path path, boolean withHistories) {
        Path folder = new ModelFolder(path).current();
        try {
            ArtifactReader reader = new ArtifactReader(folder, manifest(folder));
            reader.verifyFiles();
            return reader.readVerified(withHistories);
        } catch (IOException e) {
            throw new ArtifactException("Model folder " + folder + " could not be read: " + e, e);
        }
    }

    private static Manifest manifest(Path folder) throws IOException {
        Path file = folder.resolve(ArtifactFiles.MANIFEST);
        if (!Files.isDirectory(folder)) {
            throw new ArtifactException("Model folder " + folder + " does not exist: check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException("Model folder " + folder + " has no " + ArtifactFiles.MANIFEST
                    + ", which is written last: it is no model folder, or copying it was cut off. " + AGAIN);
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            int version = json.path("formatVersion").asInt(-1);
            if (version != Manifest.FORMAT_VERSION) {
                throw new ArtifactException("Model folder " + folder + " has format version "
                        + (version < 0 ? "none" : version) + ", this library reads version " + Manifest.FORMAT_VERSION
                        + ". Use the library that wrote it ("
                        + json.path("versions").path("recsys4j").asText("unknown")
                        + "), or train the model again");
            }
            return JSON.treeToValue(json, Manifest.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new ArtifactException(
                    file + " is not a manifest: " + firstLine(e) + ". It was altered or cut off. " + AGAIN, e);
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void verifyFiles() throws IOException {
        for (Map.Entry<String, FileEntry> file : manifest.files().entrySet()) {
            requirePlainName(file.getKey());
            verify(folder.resolve(file.getKey()), file.getValue());
        }
    }

    private void requirePlainName(String name) {
        if (name.contains("/") || name.contains("\\") || name.contains("..")) {
            throw new ArtifactException("Model folder " + folder + " names a file \"" + name
                    + "\" in its manifest; files must lie in the folder itself. The manifest was altered. " + AGAIN);
        }
    }

    private static void verify(Path file, FileEntry expected) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException("Model file " + file + " is missing; its manifest names it. " + AGAIN);
        }
        if (Files.size(file) != expected.size()) {
            throw new ArtifactException("Model file " + file + " has " + Files.size(file) + " bytes, its manifest says "
                    + expected.size() + ": it was cut off or altered. " + AGAIN);
        }
        String found = Digests.ofFile(file);
        if (!found.equals(expected.sha256())) {
            throw new ArtifactException("Model file " + file + " has SHA-256 " + found + ", its manifest says "
                    + expected.sha256() + ": it was altered. " + AGAIN);
        }
    }

    private ModelArtifact readVerified(boolean withHistories) throws IOException {
        Manifest.Shape shape = manifest.shape();
        ModelArtifact.Catalogue catalogue = catalogue(shape.items());
        List<Integer> table = List.of(shape.items(), shape.dim());
        FloatBuffer inputs = matrix(ArtifactFiles.ITEM_INPUTS, table);
        Optional<FloatBuffer> vectors = has(ArtifactFiles.ITEM_VECTORS)
                ? Optional.of(matrix(ArtifactFiles.ITEM_VECTORS, table))
                : Optional.empty();
        ByteBuffer tower = ByteBuffer.wrap(Files.readAllBytes(required(ArtifactFiles.USER_TOWER)));
        Optional<ByteBuffer> ranker = has(ArtifactFiles.RANKER)
                ? Optional.of(ByteBuffer.wrap(Files.readAllBytes(required(ArtifactFiles.RANKER))))
                : Optional.empty();
        Optional<StoredHistories> histories = withHistories && has(ArtifactFiles.USER_IDS)
                ? Optional.of(histories(catalogue.items()))
                : Optional.empty();
        UserContexts contexts = withHistories && has(ArtifactFiles.USER_CONTEXTS)
                ? contexts(vocabulary(ArtifactFiles.USER_IDS))
                : UserContexts.unknown(manifest.contextWidth());
        return new ModelArtifact(manifest, tower, ranker, contents(), catalogue, inputs, vectors, histories, contexts);
    }

    private UserContexts contexts(Vocabulary users) {
        int width = manifest.contextWidth();
        FloatBuffer rows = matrix(ArtifactFiles.USER_CONTEXTS, List.of(users.size(), width));
        return new UserContexts(users, rows, width);
    }

    private Optional<ModelArtifact.Contents> contents() throws IOException {
        if (manifest.contents().isEmpty() != !has(ArtifactFiles.ITEM_TOWER)) {
            throw new ArtifactException("Model folder " + folder + " has contents " + manifest.contents()
                    + " in its manifest and " + (has(ArtifactFiles.ITEM_TOWER) ? "an " : "no ")
                    + ArtifactFiles.ITEM_TOWER + ": an item tower and its contents belong together. " + AGAIN);
        }
        if (!has(ArtifactFiles.ITEM_TOWER)) {
            return Optional.empty();
        }
        ByteBuffer tower = ByteBuffer.wrap(Files.readAllBytes(required(ArtifactFiles.ITEM_TOWER)));
        int parts = manifest.contents().size() + 1;
        FloatBuffer shares =
                matrix(ArtifactFiles.ITEM_SHARES, List.of(manifest.shape().items(), parts));
        return Optional.of(new ModelArtifact.Contents(tower, shares));
    }

    private boolean has(String file) {
        return manifest.files().containsKey(file);
    }

    private Path required(String file) {
        if (!has(file)) {
            throw new ArtifactException(
                    "Model folder " + folder + " does not name " + file + " in its manifest. " + AGAIN);
        }
        return folder.resolve(file);
    }

    private ModelArtifact.Catalogue catalogue(int items) throws IOException {
        Vocabulary ids = vocabulary(ArtifactFiles.ITEM_IDS);
        requireSize(ArtifactFiles.ITEM_IDS, "ids", ids.size(), items);
        Table table = json(ArtifactFiles.ITEM_TABLE, new TypeReference<Table>() {});
        requireSize(ArtifactFiles.ITEM_TABLE, "rows", table.numRows(), items);
        LongBuffer counts = longs(ArtifactFiles.ITEM_COUNTS);
        requireSize(ArtifactFiles.ITEM_COUNTS, "counts", counts.capacity(), items);
        return new ModelArtifact.Catalogue(ids, table, counts);
    }

    private void requireSize(String file, String what, int found, int expected) {
        if (found != expected) {
            throw new ArtifactException("Model file " + folder.resolve(file) + " holds " + found + " " + what
                    + ", expected " + expected + " as the manifest says. " + AGAIN);
        }
    }

    private Vocabulary vocabulary(String file) throws IOException {
        List<String> ids = json(file, new TypeReference<List<String>>() {});
        try {
            return Vocabulary.inOrder(ids);
        } catch (IllegalArgumentException e) {
            throw new ArtifactException("Model file " + folder.resolve(file) + ": " + e.getMessage(), e);
        }
    }

    private <T> T json(String file, TypeReference<T> type) throws IOException {
        Path path = required(file);
        try {
            return JSON.readValue(Files.readAllBytes(path), type);
        } catch (JsonProcessingException e) {
            throw new ArtifactException("Model file " + path + " is not what it should be: " + firstLine(e), e);
        }
    }

    private FloatBuffer matrix(String file, List<Integer> shape) {
        NpyFile matrix = NpyFile.map(required(file));
        if (!matrix.shape().equals(shape)) {
            throw new ArtifactException("Model file " + folder.resolve(file) + " has shape " + matrix.shape()
                    + ", expected " + shape + " as the manifest says. " + AGAIN);
        }
        int columns = shape.get(1);
        FloatBuffer values = matrix.floats();
        for (int i = 0; i < values.capacity(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw new ArtifactException("Model file " + folder.resolve(file) + " holds " + values.get(i)
                        + " in row " + i / columns + ", column " + i % columns
                        + ": vectors must be finite. The training diverged; train the model again");
            }
        }
        return values;
    }

    private LongBuffer longs(String file) {
        return NpyFile.map(required(file)).longs();
    }

    private StoredHistories histories(Vocabulary items) throws IOException {
        Vocabulary users = vocabulary(ArtifactFiles.USER_IDS);
        LongBuffer offsets = longs(ArtifactFiles.HISTORY_OFFSETS);
        LongBuffer entries = longs(ArtifactFiles.HISTORY_ITEMS);
        requireSize(ArtifactFiles.HISTORY_OFFSETS, "offsets", offsets.capacity(), users.size() + 1);
        requireRising(offsets, entries.capacity());
        requireItems(entries, items.size());
        return new StoredHistories(users, items, offsets, entries);
    }

    private void requireRising(LongBuffer offsets, int last) {
        long before = 0;
        for (int i = 0; i < offsets.capacity(); i++) {
            if (offsets.get(i) < before || (i == 0 && offsets.get(i) != 0)) {
                throw inHistories(ArtifactFiles.HISTORY_OFFSETS, "must rise from 0, got", offsets.get(i), i);
            }
            before = offsets.get(i);
        }
        if (before != last) {
            throw inHistories(
                    ArtifactFiles.HISTORY_OFFSETS, "must end with " + last + ", got", before, offsets.capacity() - 1);
        }
    }

    private void requireItems(LongBuffer entries, int items) {
        for (int i = 0; i < entries.capacity(); i++) {
            if (entries.get(i) < 0 || entries.get(i) >= items) {
                throw inHistories(ArtifactFiles.HISTORY_ITEMS, "must be below " + items + ", got", entries.get(i), i);
            }
        }
    }

    private ArtifactException inHistories(String file, String rule, long value, int position) {
        return new ArtifactException("Model file " + folder.resolve(file) + " " + rule + " " + value + " at position "
                + position + ". " + AGAIN);
    }
}
