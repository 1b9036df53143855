package io.github.recsys4j.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A folder as exports to ONNX make it, or a bare ONNX file whose neighbours are read in the same way. Not thread-safe. */
final class EncoderFolder {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path model;
    private final Map<String, Optional<JsonNode>> read = new HashMap<>();

    private EncoderFolder(Path folder, Path model) {
        this.folder = folder;
        this.model = model;
    }

    /**
     * Finds the network.
     *
     * @param candidates where it may lie below the folder, the best place first
     * @param help what to do if nothing is there
     */
    static EncoderFolder open(Path path, EncoderOptions options, List<String> candidates, String help) {
        if (Files.isRegularFile(path)) {
            Path parent = path.toAbsolutePath().getParent();
            return new EncoderFolder(parent == null ? path : parent, path);
        }
        if (!Files.isDirectory(path)) {
            throw new ArtifactException("Encoder folder " + path + " is not there. " + help);
        }
        List<String> places = options.modelFile().map(List::of).orElse(candidates);
        return new EncoderFolder(
                path,
                places.stream()
                        .map(path::resolve)
                        .filter(file -> file.normalize().startsWith(path.normalize()) && Files.isRegularFile(file))
                        .findFirst()
                        .orElseThrow(() -> new ArtifactException("Encoder folder " + path
                                + " has no network: looked for " + String.join(", ", places) + ". " + help)));
    }

    Path model() {
        return model;
    }

    Path resolve(String file) {
        return folder.resolve(file);
    }

    boolean has(String file) {
        return Files.isRegularFile(folder.resolve(file));
    }

    /** A JSON file of the folder, read once; empty if it is not there. */
    Optional<JsonNode> json(String file) {
        return read.computeIfAbsent(file, this::readJson);
    }

    private Optional<JsonNode> readJson(String file) {
        Path path = folder.resolve(file);
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(path.toFile()));
        } catch (IOException e) {
            throw new ArtifactException("Encoder file " + path + " is not JSON: " + e.getMessage(), e);
        }
    }

    Optional<ImagePreprocessing> imagePreprocessing() {
        return preprocessor().map(PreprocessorConfig::image);
    }

    Optional<AudioPreprocessing> audioPreprocessing() {
        return preprocessor().map(PreprocessorConfig::audio);
    }

    private Optional<PreprocessorConfig> preprocessor() {
        return json("preprocessor_config.json")
                .map(config -> new PreprocessorConfig(folder.resolve("preprocessor_config.json"), config));
    }

    /** What {@code 1_Pooling/config.json} says, as sentence-transformers writes it. */
    Optional<Pooling> pooling() {
        return json("1_Pooling/config.json").map(this::pooling);
    }

    private Pooling pooling(JsonNode config) {
        String modes = config.properties().stream()
                .filter(entry -> entry.getKey().startsWith("pooling_mode")
                        && (entry.getValue().isTextual() || entry.getValue().booleanValue()))
                .map(entry -> entry.getValue().isTextual()
                        ? entry.getValue().textValue()
                        : entry.getKey().substring("pooling_mode_".length()))
                .collect(Collectors.joining(" and "));
        return switch (modes) {
            case "cls_token", "cls" -> Pooling.CLS;
            case "mean_tokens", "mean" -> Pooling.MEAN;
            case "max_tokens", "max" -> Pooling.MAX;
            default ->
                throw new ArtifactException("Pooling of " + folder.resolve("1_Pooling/config.json") + " is \"" + modes
                        + "\"; cls_token, mean_tokens or max_tokens can be done here. Export the model with its"
                        + " pooling inside: optimum-cli export onnx --library sentence_transformers");
        };
    }

    /** Whether {@code modules.json} lists a module whose type ends so. */
    boolean hasModule(String type) {
        return json("modules.json")
                .map(modules -> modules.findValuesAsText("type").stream().anyMatch(name -> name.endsWith("." + type)))
                .orElse(false);
    }

    /** A short name for logs and caches: that of the folder, or of a bare file. */
    String id() {
        Path named = model.getParent() != null && has("config.json") ? folder : model;
        Path last = named.toAbsolutePath().normalize().getFileName();
        String name = (last == null ? "encoder" : last.toString())
                .replaceAll("\\.onnx$", "")
                .replaceAll("[^A-Za-z0-9._@+-]", "-");
        String cut = name.substring(0, Math.min(80, name.length()));
        return cut.isEmpty() || !Character.isLetterOrDigit(cut.charAt(0)) ? "encoder" + cut : cut;
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
