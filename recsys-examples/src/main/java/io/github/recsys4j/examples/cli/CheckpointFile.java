package io.github.recsys4j.examples.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a checkpoint's {@code checkpoint.json} says; the tensors are not read.
 *
 * @param folder the checkpoint
 * @param index its JSON
 */
record CheckpointFile(Path folder, JsonNode index) {
    private static final String INDEX = "checkpoint.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Finds the checkpoints of a run, oldest first. */
    static List<CheckpointFile> all(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ArtifactException("folder " + folder + " does not exist: name the folder of a training run");
        }
        List<CheckpointFile> found = in(folder.resolve("checkpoints"));
        found = found.isEmpty() ? in(folder) : found;
        if (found.isEmpty()) {
            throw new ArtifactException(
                    "folder " + folder + " holds no checkpoints: name the folder of a training run that saved some");
        }
        return found;
    }

    /** Reads that checkpoint, or the newest one in that folder. */
    static CheckpointFile newest(Path folder) {
        if (Files.isRegularFile(folder.resolve(INDEX))) {
            return read(folder);
        }
        List<CheckpointFile> all = all(folder);
        return all.get(all.size() - 1);
    }

    private static List<CheckpointFile> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> Files.isRegularFile(entry.resolve(INDEX)))
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .map(CheckpointFile::read)
                    .sorted(Comparator.comparingLong(CheckpointFile::step))
                    .toList();
        } catch (IOException e) {
            throw new ArtifactException("folder " + folder + " cannot be listed: " + e, e);
        }
    }

    private static CheckpointFile read(Path checkpoint) {
        try {
            return new CheckpointFile(
                    checkpoint, JSON.readTree(checkpoint.resolve(INDEX).toFile()));
        } catch (IOException e) {
            throw new ArtifactException(
                    "checkpoint " + checkpoint + " is damaged: its " + INDEX + " cannot be read (" + e
                            + "). Delete that folder to go on from the one before it.",
                    e);
        }
    }

    String name() {
        return String.valueOf(folder.getFileName());
    }

    private JsonNode state() {
        return index.path("state");
    }

    long step() {
        return state().path("step").asLong();
    }

    int epoch() {
        return state().path("epoch").asInt();
    }

    int bestEpoch() {
        return state().path("best").path("epoch").asInt();
    }

    double bestMetric() {
        return state().path("best").path("metric").asDouble();
    }

    Instant written() {
        try {
            return Files.getLastModifiedTime(folder.resolve(INDEX)).toInstant().truncatedTo(ChronoUnit.SECONDS);
        } catch (IOException e) {
            throw new ArtifactException("checkpoint " + folder + " cannot be read: " + e, e);
        }
    }

    long bytes() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            throw new ArtifactException("checkpoint " + folder + " cannot be listed: " + e, e);
        }
    }

    /** Gives what a person wants to know, in order. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("checkpoint", folder.toString());
        facts.put("written", written().toString());
        facts.put("epochs", Integer.toString(epoch()));
        facts.put("steps", Long.toString(step()));
        facts.put(
                "seconds",
                String.format(Locale.ROOT, "%.1f", state().path("seconds").asDouble()));
        if (bestEpoch() > 0) {
            facts.put("best", String.format(Locale.ROOT, "%.4f in epoch %d", bestMetric(), bestEpoch()));
        }
        JsonNode curve = state().path("curve");
        if (!curve.isEmpty()) {
            facts.put("last loss", curve.get(curve.size() - 1).path("loss").asText());
        }
        facts.put("size", String.format(Locale.ROOT, "%.1f MB", bytes() / 1e6));
        facts.put("run", index.path("fingerprint").asText());
        return facts;
    }

    String toJson() {
        return index.toPrettyString();
    }
}
