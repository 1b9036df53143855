package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {
    @TempDir
    Path folder;

    private static Checkpoint checkpoint(long step) {
        Map<String, float[]> parameters = new LinkedHashMap<>();
        parameters.put("b", new float[] {1, -0f, Float.MIN_VALUE});
        parameters.put("a", new float[300_000]);
        parameters.get("a")[299_999] = (float) step;
        RunState state = new RunState(
                step,
                2,
                3,
                0.1 + 0.2,
                77,
                new RunState.Best(Double.NEGATIVE_INFINITY, 0, 1),
                12.5,
                new LearningRate.Plateau(0.01, Double.NEGATIVE_INFINITY, 1, 0),
                List.of(new TrainingHistory.Epoch(1, 10, 0.7, 1e-3, 3.3, Map.of("NDCG@10", 0.1))));
        return new Checkpoint("run", state, Map.of(Checkpoint.PARAMETERS, parameters, Checkpoint.OPTIMIZER, Map.of()));
    }

    @Test
    void newest_afterWrite_givesEveryBitBack() {
        CheckpointStore store = new CheckpointStore(folder);
        Checkpoint written = checkpoint(5);
        store.write(written, 2);
        Checkpoint read = store.newest().orElseThrow();
        assertThat(read.fingerprint()).isEqualTo("run");
        assertThat(read.state()).isEqualTo(written.state());
        assertThat(read.group(Checkpoint.PARAMETERS).keySet()).containsExactly("b", "a");
        written.group(Checkpoint.PARAMETERS)
                .forEach((name, values) -> assertThat(
                                read.group(Checkpoint.PARAMETERS).get(name))
                        .as(name)
                        .isEqualTo(values));
        assertThat(read.group(Checkpoint.OPTIMIZER)).isEmpty();
    }

    @Test
    void write_moreThanKept_dropsTheOldest() {
        CheckpointStore store = new CheckpointStore(folder);
        for (long step : new long[] {1, 20, 300}) {
            store.write(checkpoint(step), 2);
        }
        assertThat(store.list().stream().map(path -> path.getFileName().toString()))
                .containsExactly("step-0000000020", "step-0000000300");
        assertThat(store.newest().orElseThrow().state().step()).isEqualTo(300);
    }

    @Test
    void newest_interruptedWrite_givesTheOneBefore() throws IOException {
        CheckpointStore store = new CheckpointStore(folder);
        store.write(checkpoint(1), 2);
        Path partial = Files.createDirectory(folder.resolve(".partial-step-0000000002"));
        Files.writeString(partial.resolve("parameters.f32"), "half");
        assertThat(store.newest().orElseThrow().state().step()).isEqualTo(1);
        store.write(checkpoint(2), 2);
        assertThat(store.newest().orElseThrow().state().step()).isEqualTo(2);
    }

    @Test
    void newest_missingFolder_isEmpty() {
        assertThat(new CheckpointStore(folder.resolve("none")).newest()).isEmpty();
    }

    @Test
    void read_alteredByte_throwsWithBothDigests() throws IOException {
        CheckpointStore store = new CheckpointStore(folder);
        store.write(checkpoint(1), 2);
        Path file = store.list().get(0).resolve("parameters.f32");
        byte[] bytes = Files.readAllBytes(file);
        bytes[5] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(store::newest)
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("step-0000000001 is damaged: parameters.f32 has SHA-256 ")
                .hasMessageContaining(", expected ")
                .hasMessageContaining("Delete that folder to go on from the one before it");
    }

    @Test
    void read_shortenedFile_throwsWithBothSizes() throws IOException {
        CheckpointStore store = new CheckpointStore(folder);
        store.write(checkpoint(1), 2);
        Files.write(store.list().get(0).resolve("parameters.f32"), new byte[8]);
        assertThatThrownBy(store::newest).hasMessageContaining("parameters.f32 has 8 bytes, expected 1200012");
    }

    @Test
    void read_missingFileOrBadIndex_throwsNamingIt() throws IOException {
        CheckpointStore store = new CheckpointStore(folder);
        store.write(checkpoint(1), 2);
        Path newest = store.list().get(0);
        Files.delete(newest.resolve("parameters.f32"));
        assertThatThrownBy(store::newest).isInstanceOf(ArtifactException.class).hasMessageContaining("parameters.f32");
        Files.writeString(newest.resolve("checkpoint.json"), "{\"format\": ");
        assertThatThrownBy(store::newest).hasMessageContaining("checkpoint.json is not what was written");
    }

    @Test
    void read_otherFormat_throwsWithBothVersions() throws IOException {
        CheckpointStore store = new CheckpointStore(folder);
        store.write(checkpoint(1), 2);
        Path index = store.list().get(0).resolve("checkpoint.json");
        String json = Files.readString(index, StandardCharsets.UTF_8);
        Files.writeString(index, json.replace("\"format\" : 1", "\"format\" : 9"));
        assertThatThrownBy(store::newest).hasMessageContaining("has format 9, this version reads 1");
    }

    @Test
    void write_unwritableFolder_throwsNamingIt() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        assertThatThrownBy(() -> new CheckpointStore(file).write(checkpoint(1), 2))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("checkpoint folder " + file + " cannot be written");
    }
}
