package io.github.recsys4j.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.recsys4j.ArtifactException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on one cache, one of them killed, one of them without room. */
class FeatureCacheProcessesTest {
    @TempDir
    private Path folder;

    private static float[] expected(List<String> texts) {
        return new ToyText("toy", CacheWriter.DIM).encode(texts);
    }

    private static BufferedReader output(Process process) {
        return process.inputReader(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "killed after {0} acknowledged batches")
    @ValueSource(ints = {1, 20, 150})
    void encode_writerKilled_keepsWhatWasAcknowledged(int batches) throws IOException, InterruptedException {
        Process writer = CacheWriter.start(folder, 0, Integer.MAX_VALUE, CacheWriter.BATCH);
        List<Integer> acknowledged = new ArrayList<>();
        try (BufferedReader lines = output(writer)) {
            while (acknowledged.size() < batches) {
                acknowledged.add(Integer.valueOf(lines.readLine()));
            }
            writer.toHandle().destroyForcibly();
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                acknowledged.add(Integer.valueOf(line));
            }
        }
        writer.waitFor();
        ToyText encoder = new ToyText("toy", CacheWriter.DIM);
        FeatureCache cache = CacheWriter.cache(folder, encoder);
        for (int from : acknowledged) {
            assertThat(cache.text().encode(CacheWriter.batch(from))).isEqualTo(expected(CacheWriter.batch(from)));
        }
        assertThat(encoder.encoded).hasValue(0);
        assertThat(cache.text().encode(List.of("after"))).isEqualTo(expected(List.of("after")));
        ToyText again = new ToyText("toy", CacheWriter.DIM);
        FeatureCache reopened = CacheWriter.cache(folder, again);
        assertThat(reopened.text().encode(List.of("after"))).isEqualTo(expected(List.of("after")));
        assertThat(again.encoded).hasValue(0);
        assertThat(reopened.stats().values()).extracting(CacheStats::damaged).containsExactly(0L);
    }

    @Test
    void encode_twoProcessesAndThreadsWriteTheSame_storesEachVectorOnce() throws IOException, InterruptedException {
        Process one = CacheWriter.start(folder, 0, 60, 8);
        Process two = CacheWriter.start(folder, 59 * 8, 60, -8);
        FeatureCache own = CacheWriter.cache(folder, new ToyText("toy", CacheWriter.DIM));
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int first = thread;
            threads.add(new Thread(() -> {
                for (int batch = first; batch < 60; batch += 4) {
                    own.text().encode(CacheWriter.batch(batch * 8));
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(output(one).lines()).hasSize(60);
        assertThat(output(two).lines()).hasSize(60);
        assertThat(one.waitFor()).isZero();
        assertThat(two.waitFor()).isZero();
        ToyText encoder = new ToyText("toy", CacheWriter.DIM);
        FeatureCache cache = CacheWriter.cache(folder, encoder);
        for (int batch = 0; batch < 60; batch++) {
            List<String> texts = CacheWriter.batch(batch * 8);
            assertThat(cache.text().encode(texts)).isEqualTo(expected(texts));
        }
        assertThat(encoder.encoded).hasValue(0);
        assertThat(cache.list())
                .singleElement()
                .satisfies(found -> assertThat(found.vectors()).isEqualTo(60 * 8 + 8));
    }

    @Test
    void encode_otherProcessAddedMeanwhile_usesItsVectors() throws IOException, InterruptedException {
        ToyText encoder = new ToyText("toy", CacheWriter.DIM);
        FeatureCache cache = CacheWriter.cache(folder, encoder);
        cache.text().encode(List.of("own"));
        Process writer = CacheWriter.start(folder, 0, 4, CacheWriter.BATCH);
        assertThat(writer.waitFor(60, TimeUnit.SECONDS)).isTrue();
        for (int batch = 0; batch < 4; batch++) {
            List<String> texts = CacheWriter.batch(batch * CacheWriter.BATCH);
            assertThat(cache.text().encode(texts)).isEqualTo(expected(texts));
        }
        assertThat(encoder.encoded).hasValue(1);
        assertThat(cache.stats().values()).extracting(CacheStats::diskHits).containsExactly(64L);
    }

    /** The system's limit on the size of a file stands in for a disk that fills up amid a write. */
    @Test
    void encode_noRoomLeft_saysSoAndKeepsWhatWasStored() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "needs a shell to limit the size of files");
        ProcessBuilder writer = new ProcessBuilder(
                "/bin/sh",
                "-c",
                "ulimit -f 400; exec \"$0\" -XX:-UsePerfData -cp \"$1\" " + CacheWriter.class.getName()
                        + " \"$2\" 0 100000 16",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                folder.toString());
        Process process = writer.redirectErrorStream(true).start();
        List<String> lines;
        try (BufferedReader output = output(process)) {
            lines = output.lines().toList();
        }
        assertThat(process.waitFor()).isNotZero();
        List<String> acknowledged =
                lines.stream().filter(line -> line.matches("\\d+")).toList();
        assertThat(acknowledged).hasSizeGreaterThan(5);
        assertThat(String.join("\n", lines))
                .contains("ArtifactException: Feature cache " + folder)
                .contains("cannot store 16 new vectors of 1024 bytes")
                .contains("MiB free. What was stored before is intact. Free space there");
        ToyText encoder = new ToyText("toy", CacheWriter.DIM);
        FeatureCache cache = CacheWriter.cache(folder, encoder);
        for (String from : acknowledged) {
            List<String> texts = CacheWriter.batch(Integer.parseInt(from));
            assertThat(cache.text().encode(texts)).isEqualTo(expected(texts));
        }
        assertThat(encoder.encoded).hasValue(0);
        List<String> next = CacheWriter.batch(Integer.parseInt(acknowledged.get(acknowledged.size() - 1)) + 16);
        assertThat(cache.text().encode(next)).isEqualTo(expected(next));
    }

    @Test
    void build_directoryCannotBeMade_saysWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertThatThrownBy(() -> CacheWriter.cache(file, new ToyText("toy", 2)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith("Feature cache " + file)
                .hasMessageContaining("cannot be opened: ")
                .hasMessageEndingWith("The folder must be readable and writable: change its permissions, or choose"
                        + " another with directory(path).");
    }

    @Test
    void encode_folderBecameUnwritable_saysWhatToDoAndServesWhatIsStored() throws IOException {
        ToyText encoder = new ToyText("toy", 2);
        FeatureCache cache = FeatureCache.builder()
                .directory(folder)
                .text(encoder)
                .memoryItems(0)
                .build();
        cache.text().encode(List.of("stored"));
        Path own = cache.list().get(0).path();
        Files.delete(own.resolve("lock"));
        Files.createDirectory(own.resolve("lock"));
        assertThatThrownBy(() -> cache.text().encode(List.of("new")))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("cannot store 1 new vectors of 8 bytes")
                .hasMessageContaining("What was stored before is intact");
        assertThat(cache.text().encode(List.of("stored"))).isEqualTo(ToyText.vector("stored", 2));
        assertThat(encoder.encoded).hasValue(2);
    }
}
