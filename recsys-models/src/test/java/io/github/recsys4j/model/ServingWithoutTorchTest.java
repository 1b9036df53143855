package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.runtime.Device;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A host that only serves may leave libtorch and DJL out: another JVM, whose class path has none of it, loads a model
 * and recommends.
 */
class ServingWithoutTorchTest {
    private static final int LONG_COMMAND_LINE = 20_000;

    /** The host. */
    public static final class Host {
        private Host() {}

        /**
         * Loads and recommends.
         *
         * @param arguments a model folder and a user
         */
        public static void main(String[] arguments) {
            try {
                Class.forName("ai.djl.engine.Engine");
                throw new AssertionError("DJL is on the class path");
            } catch (ClassNotFoundException expected) {
                // the point of the test
            }
            try (MultimodalRecommender recommender = MultimodalRecommender.load(Path.of(arguments[0]), Device.cpu())) {
                String ids = recommender.getRecommendations(arguments[1], 5).stream()
                        .map(Recommendation::itemId)
                        .collect(Collectors.joining(","));
                System.out.println("recommended " + ids);
            }
        }
    }

    @Test
    void load_inAJvmWithoutTorch_recommendsTheSame(@TempDir Path folder) throws Exception {
        Dataset dataset = RandomModels.dataset(5, 30, 10, 1);
        ModelArtifact artifact = RandomModels.artifact(RandomModels.small(Architecture.gSasRec()), dataset, 2);
        ArtifactWriter.write(artifact, folder.resolve("model"));
        try (MultimodalRecommender here = MultimodalRecommender.of(artifact, Device.cpu())) {
            String expected = here.getRecommendations("u2", 5).stream()
                    .map(Recommendation::itemId)
                    .collect(Collectors.joining(","));
            assertThat(runHost(folder.resolve("model").toString(), "u2")).contains("recommended " + expected);
        }
    }

    /** The command line is long on purpose: a native library that reads it must not mind. */
    private static String runHost(String model, String user) throws IOException, InterruptedException {
        String classPath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(entry -> !entry.contains("pytorch") && !entry.contains("djl"))
                .collect(Collectors.joining(File.pathSeparator));
        String padding = "-Dpadding=" + "x".repeat(LONG_COMMAND_LINE);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process host = new ProcessBuilder(
                        List.of(java, "-Xmx512m", padding, "-cp", classPath, Host.class.getName(), model, user))
                .redirectErrorStream(true)
                .start();
        String output = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor()).as("exit status; output was %s", output).isZero();
        return output;
    }
}
