package io.github.recsys4j.split;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** What {@code split.json} says. */
record SplitManifest(
        String format,
        int formatVersion,
        String protocol,
        boolean times,
        boolean values,
        int usersTooShort,
        Map<String, Long> dropped,
        List<String> notes,
        List<String> groups,
        Map<String, FileEntry> files) {

    static final String NAME = "split.json";
    static final String FORMAT = "recsys4j-split";
    static final int VERSION = 1;
    private static final Pattern GROUP_NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    SplitManifest {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(format, "format");
        dropped = new LinkedHashMap<>(dropped);
        notes = List.copyOf(notes);
        groups = List.copyOf(groups);
        files = new LinkedHashMap<>(files);
    }

    /** One file: how many rows below its header, how many bytes, and their hash in hexadecimal. */
    record FileEntry(int rows, long bytes, String sha256) {

        static FileEntry of(Path file, int rows) throws IOException {
            return new FileEntry(rows, Files.size(file), hash(file));
        }

        private static String hash(Path file) throws IOException {
            return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
        }
    }

    static boolean isGroupName(String name) {
        return GROUP_NAME.matcher(name).matches()
                && !List.of("train", "context", "validation", "test", "users", "items")
                        .contains(name);
    }

    /** The names of the parts, in the order of their roles from {@link Layout#VALIDATION} on. */
    static List<String> heldOut(List<String> groups) {
        List<String> names = new ArrayList<>(List.of("validation", "test"));
        names.addAll(groups);
        return names;
    }

    void write(Path folder) throws IOException {
        JSON.writeValue(folder.resolve(NAME).toFile(), this);
    }

    static SplitManifest read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new ArtifactException(folder + " is not a split folder: " + NAME
                    + " is missing. Give a folder that SplitFolder.write wrote.");
        }
        try {
            return JSON.treeToValue(object(file), SplitManifest.class);
        } catch (JsonProcessingException e) {
            throw new ArtifactException(
                    file + " is not the manifest of a split: " + e.getOriginalMessage() + ". Write the split again.",
                    e);
        }
    }

    private static JsonNode object(Path file) throws IOException {
        JsonNode node = JSON.readTree(file.toFile());
        check(node.isObject(), file, "is not the manifest of a split", "a JSON object");
        return node;
    }

    void verify(Path folder) throws IOException {
        if (!format.equals(FORMAT) || formatVersion != VERSION) {
            throw new ArtifactException(folder.resolve(NAME) + " says format \"" + format + "\" version "
                    + formatVersion + "; this library reads \"" + FORMAT + "\" version " + VERSION
                    + ". Write the split again with this version.");
        }
        for (String group : groups) {
            check(isGroupName(group), folder.resolve(NAME), "names a group \"" + group + "\"", "a plain name");
        }
        for (String name : List.of("users", "items", "train", "context")) {
            verify(folder, name);
        }
        for (String name : heldOut(groups)) {
            verify(folder, name);
        }
    }

    private void verify(Path folder, String name) throws IOException {
        Path file = folder.resolve(name + ".csv");
        FileEntry entry = files.get(name + ".csv");
        check(entry != null, folder.resolve(NAME), "does not list " + name + ".csv", "that file");
        check(Files.isRegularFile(file), file, "is missing", "the file that " + NAME + " lists");
        if (entry != null) {
            long bytes = Files.size(file);
            check(bytes == entry.bytes(), file, "has " + bytes + " bytes", entry.bytes() + " bytes");
            String hash = FileEntry.hash(file);
            check(hash.equals(entry.sha256()), file, "has SHA-256 " + hash, entry.sha256());
            check(entry.rows() >= 0 && entry.rows() <= bytes, file, "cannot have " + entry.rows() + " rows", "fewer");
        }
    }

    private static void check(boolean right, Path file, String found, String expected) {
        if (!right) {
            throw new ArtifactException(file + " " + found + "; expected " + expected
                    + ". It was altered or damaged: restore it, or write the split again.");
        }
    }

    FileEntry entry(String name) {
        return Objects.requireNonNull(files.get(name + ".csv"), name);
    }
}
