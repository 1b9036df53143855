package io.github.recsys4j.examples.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds models: a model folder itself, or the folder of a training run, which holds one. */
final class ModelFolders {
    /** The model inside the folder of a training run. */
    static final String MODEL = "model";

    /** What a training run learned of contents, beside its model. */
    static final String CONTENTS = "contents";

    private static final String MANIFEST = "manifest.json";
    private static final String USERS = "user_ids.json";

    private ModelFolders() {}

    static boolean isModel(Path path) {
        return Files.isRegularFile(path.resolve(MANIFEST))
                || Files.isRegularFile(path.resolve(MODEL).resolve(MANIFEST));
    }

    /** Gives the model folder; one that is none is left to the loader's message. */
    static Path find(Path path) {
        Path inside = path.resolve(MODEL);
        return !Files.isRegularFile(path.resolve(MANIFEST)) && Files.isRegularFile(inside.resolve(MANIFEST))
                ? inside
                : path;
    }

    /** Gives the users whose histories the model carries; none where it carries no histories. */
    static List<String> users(Path model) {
        Path file = find(model).resolve(USERS);
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            return new ObjectMapper().readValue(file.toFile(), new TypeReference<List<String>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
