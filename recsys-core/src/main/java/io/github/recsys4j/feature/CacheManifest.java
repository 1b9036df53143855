package io.github.recsys4j.feature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The file that says whose vectors a folder of a cache holds. */
final class CacheManifest {
    private static final String FILE = "encoder.json";
    private static final int FORMAT = 1;
    private static final int PRINT_IN_NAME = 12;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CacheManifest() {}

    /** Where the vectors of an encoder lie. */
    static Path folder(Path directory, EncoderInfo info) {
        return directory.resolve(info.id() + "-" + info.fingerprint().substring(0, PRINT_IN_NAME));
    }

    /** Writes the file unless it is there; then checks that it speaks of the same encoder. */
    static void claim(Path folder, EncoderInfo info) throws IOException {
        Optional<EncoderInfo> found = read(folder);
        if (found.isEmpty()) {
            write(folder, info);
        } else if (!found.get().equals(info)) {
            throw new ArtifactException("Feature cache " + folder + " holds " + words(found.get()) + ", but encoder "
                    + words(info) + " was given. Delete that folder, or choose another with directory(path).");
        }
    }

    private static String words(EncoderInfo info) {
        return info.id() + "@" + info.fingerprint() + " (" + info.modality() + ", " + info.dim() + " floats)";
    }

    private static void write(Path folder, EncoderInfo info) throws IOException {
        byte[] text = MAPPER.writerWithDefaultPrettyPrinter()
                .writeValueAsBytes(MAPPER.createObjectNode()
                        .put("format", FORMAT)
                        .put("id", info.id())
                        .put("modality", info.modality().name())
                        .put("dim", info.dim())
                        .put("fingerprint", info.fingerprint()));
        Path beside = folder.resolve(FILE + ".tmp");
        Files.write(beside, text);
        Files.move(beside, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The encoder whose vectors lie in a folder, or nothing if it is no folder of a cache. */
    static Optional<EncoderInfo> read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            JsonNode root = MAPPER.readTree(file.toFile());
            if (root.path("format").asInt() != FORMAT) {
                throw new ArtifactException("Feature cache " + folder + " has format " + root.path("format")
                        + ", expected " + FORMAT + ". Delete that folder; it is filled again.");
            }
            return Optional.of(new EncoderInfo(
                    root.path("id").asText(),
                    Modality.valueOf(root.path("modality").asText()),
                    root.path("dim").asInt(),
                    root.path("fingerprint").asText()));
        } catch (com.fasterxml.jackson.core.JsonProcessingException | IllegalArgumentException e) {
            throw new ArtifactException(
                    file + " is damaged: " + e.getMessage() + ". Delete the folder; it is filled again.", e);
        }
    }
}
