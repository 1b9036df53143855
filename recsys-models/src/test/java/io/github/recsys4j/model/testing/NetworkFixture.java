package io.github.recsys4j.model.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;

/** A folder of {@code fixtures/networks}: tensors with tolerances, and numbers. Skips the test where it is not there. */
public final class NetworkFixture {
    private final Path folder;
    private final JsonNode manifest;

    private NetworkFixture(Path folder, JsonNode manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    public static NetworkFixture load(String name) {
        Path folder = RealData.path("fixtures", "networks", name);
        try {
            return new NetworkFixture(
                    folder,
                    new ObjectMapper().readTree(folder.resolve("manifest.json").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return String.valueOf(folder.getFileName());
    }

    private JsonNode entry(String tensor) {
        JsonNode entry = manifest.path("tensors").path(tensor);
        assertThat(entry.isMissingNode())
                .as("no tensor %s in %s", tensor, folder)
                .isFalse();
        return entry;
    }

    private NpyFile file(String tensor) {
        return NpyFile.read(folder.resolve(entry(tensor).path("file").asText()));
    }

    public boolean has(String tensor) {
        return manifest.path("tensors").has(tensor);
    }

    public List<Integer> shape(String tensor) {
        return StreamSupport.stream(entry(tensor).path("shape").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    public float[] floats(String tensor) {
        FloatBuffer from = file(tensor).floats();
        float[] values = new float[from.remaining()];
        from.get(values);
        return values;
    }

    public long[] longs(String tensor) {
        LongBuffer from = file(tensor).longs();
        long[] values = new long[from.remaining()];
        from.get(values);
        return values;
    }

    /** For each element of a tensor, the tolerance that the manifest suggests, by rows where it says so. */
    public float[] tolerances(String tensor) {
        JsonNode entry = entry(tensor);
        List<Integer> shape = shape(tensor);
        int size = shape.stream().reduce(1, Math::multiplyExact);
        float[] tolerances = new float[size];
        Arrays.fill(tolerances, (float) entry.path("suggested_atol").asDouble());
        for (JsonNode slice : entry.path("row_slices")) {
            int row = size / shape.get(0);
            int from = slice.path("rows").path(0).asInt() * row;
            int to = slice.path("rows").path(1).asInt() * row;
            Arrays.fill(
                    tolerances, from, to, (float) slice.path("suggested_atol").asDouble());
        }
        return tolerances;
    }

    /** The value of a number in the 64-bit run. */
    public double scalar(String name) {
        return scalarNode(name).path("float64_run").asDouble();
    }

    private JsonNode scalarNode(String name) {
        JsonNode node = manifest.path("scalars").path(name);
        assertThat(node.isMissingNode()).as("no scalar %s in %s", name, folder).isFalse();
        return node;
    }

    /** Expects a number, to ten times the difference of the published 32-bit run or 2e-6 of its size. */
    public void assertScalar(String name, double actual) {
        JsonNode node = scalarNode(name);
        double exact = node.path("float64_run").asDouble();
        double rounding = Math.abs(node.path("float32_run").asDouble() - exact);
        double tolerance = Math.max(10 * rounding, 2e-6 * Math.abs(exact));
        assertThat(actual).as(name).isCloseTo(exact, within(tolerance));
    }

    /** Expects a whole tensor within its tolerances. */
    public void assertTensor(String tensor, float[] actual) {
        assertClose(tensor, actual, floats(tensor), tolerances(tensor));
    }

    /** Expects elements, each within a tolerance of its own. */
    public static void assertClose(String what, float[] actual, float[] expected, float[] tolerances) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        int worst = 0;
        for (int i = 0; i < expected.length; i++) {
            if (excess(i, actual, expected, tolerances) > excess(worst, actual, expected, tolerances)) {
                worst = i;
            }
        }
        assertThat(actual[worst])
                .as("%s, element %d", what, worst)
                .isCloseTo(expected[worst], within(tolerances[worst]));
    }

    private static float excess(int i, float[] actual, float[] expected, float[] tolerances) {
        float difference = Math.abs(actual[i] - expected[i]) - tolerances[i];
        return Float.isNaN(difference) ? Float.MAX_VALUE : difference;
    }
}
