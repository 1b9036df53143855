package io.github.recsys4j.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files of the data folder; a test that asks for one is skipped where the folder is not there. */
final class Fixtures {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Fixtures() {}

    static byte[] bytes(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(String first, String... more) {
        return bytes(RealData.path(first, more));
    }

    static float[] floats(Path path) {
        FloatBuffer buffer = NpyFile.read(path).floats();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }

    static JsonNode json(Path path) {
        try {
            return JSON.readTree(path.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<JsonNode> lines(Path path) {
        try {
            List<JsonNode> nodes = new ArrayList<>();
            for (String line : Files.readAllLines(path)) {
                nodes.add(JSON.readTree(line));
            }
            return nodes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A {@code tokenizer.json} alone. */
    static TextTokenizer tokenizer(Path file, int maxTokens, boolean special) {
        EncoderFolder folder = EncoderFolder.open(file, EncoderOptions.defaults(), List.of(), "");
        return TextTokenizer.load(folder, maxTokens, special);
    }

    static Path encoder(String... names) {
        return RealData.path("encoders", names);
    }

    static double largestDifference(float[] first, float[] second) {
        if (first.length != second.length) {
            throw new AssertionError("lengths " + first.length + " and " + second.length);
        }
        double largest = 0;
        for (int i = 0; i < first.length; i++) {
            largest = Math.max(largest, Math.abs((double) first[i] - second[i]));
        }
        return largest;
    }

    static double cosine(float[] first, float[] second, int row, int dim) {
        double dot = 0;
        double one = 0;
        double two = 0;
        for (int i = row * dim; i < (row + 1) * dim; i++) {
            dot += first[i] * second[i];
            one += first[i] * first[i];
            two += second[i] * second[i];
        }
        return dot / Math.sqrt(one * two);
    }
}
