package io.github.recsys4j.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.eval.report.Curve;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How models were trained, from the {@code metrics.json} that {@code train} leaves beside each. */
final class RunCurves {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RunCurves() {}

    /** The validation metric by epoch of those models that are folders of training runs and were validated. */
    static List<Curve> of(List<String> models) {
        return models.stream().flatMap(name -> of(name).stream()).toList();
    }

    private static Optional<Curve> of(String name) {
        Path file = Path.of(name).resolve("metrics.json");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return curve(name, JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Curve> curve(String name, JsonNode run) {
        String metric = run.path("metric").asText();
        List<Double> epochs = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (JsonNode epoch : run.path("epochs")) {
            JsonNode value = epoch.path("validation").path(metric);
            if (value.isNumber()) {
                epochs.add(epoch.path("epoch").asDouble());
                values.add(value.asDouble());
            }
        }
        return epochs.isEmpty() ? Optional.empty() : Optional.of(new Curve(name, epochs, values));
    }
}
