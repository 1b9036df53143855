package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.RecsysException;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.retrieval.ExactIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Native libraries are unpacked into cache folders. Where one cannot be written the message names it and the setting
 * that moves it. Each case is a JVM of its own, since a native library loads once.
 */
class UnwritableCacheTest {

    /** The host. */
    public static final class Host {
        private Host() {}

        /**
         * Does what needs a native library, and prints what went wrong.
         *
         * @param arguments {@code train}, {@code search} or {@code load} and a model folder
         */
        public static void main(String[] arguments) {
            try {
                switch (arguments[0]) {
                    case "train" ->
                        MultimodalRecommender.builder()
                                .epochs(1)
                                .train(RandomModels.dataset(5, 30, 10, 1))
                                .close();
                    case "search" -> ExactIndex.of(new float[] {1, 2}, 2).close();
                    default ->
                        MultimodalRecommender.load(Path.of(arguments[1]), Device.cpu())
                                .close();
                }
            } catch (RecsysException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    @TempDir
    private Path folder;

    private String run(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.addAll(options);
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.add(Host.class.getName());
        command.addAll(List.of(arguments));
        Process host = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(host.waitFor()).as("exit status; output was %s", output).isZero();
        return output;
    }

    /** A folder that nobody can create, not even root: its parent is a file. */
    private String impossible() throws IOException {
        Path file = folder.resolve("file");
        if (Files.notExists(file)) {
            Files.createFile(file);
        }
        return file.resolve("cache").toString();
    }

    @Test
    void train_libtorchCannotBeUnpacked_namesTheFolderAndTheSetting() throws Exception {
        assertThat(run(List.of("-DENGINE_CACHE_DIR=" + impossible()), "train"))
                .contains("TrainingException: cannot start libtorch", impossible(), "-DENGINE_CACHE_DIR=FOLDER");
    }

    @Test
    void search_nd4jCannotBeUnpacked_namesTheSetting() throws Exception {
        List<String> options = Stream.of("org.bytedeco.javacpp.cachedir", "user.home", "java.io.tmpdir")
                .map(name -> "-D" + name + "=" + folder.resolve("file").resolve("cache"))
                .toList();
        impossible();

        assertThat(run(options, "search"))
                .contains("InferenceException: ND4J could not be started", "-Dorg.bytedeco.javacpp.cachedir=FOLDER");
    }

    @Test
    void load_onnxRuntimeCannotBeUnpacked_namesTheFolder() throws Exception {
        Path model = folder.resolve("model");
        ArtifactWriter.write(
                RandomModels.artifact(
                        RandomModels.small(Architecture.gSasRec()), RandomModels.dataset(5, 30, 10, 1), 2),
                model);

        assertThat(run(List.of("-Djava.io.tmpdir=" + impossible()), "load", model.toString()))
                .contains("InferenceException: ONNX Runtime could not be started", impossible(), "must be writable");
    }
}
