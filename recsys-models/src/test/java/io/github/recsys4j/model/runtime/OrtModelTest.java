package io.github.recsys4j.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.InferenceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtModelTest {
    private static final OrtOptions CPU = OrtOptions.on(Device.cpu());

    private static OrtModel add() {
        return OrtModel.of("adder", SmallModels.add(), CPU);
    }

    private static Map<String, OrtTensor> pair(OrtTensor left, OrtTensor right) {
        return Map.of("left", left, "right", right);
    }

    @Test
    void run_floats_givesTheSum() {
        try (OrtModel model = add()) {
            OrtTensor sum = model.run(
                    pair(
                            OrtTensor.floats(new float[] {1, 2, 3, 4}, 2, 2),
                            OrtTensor.floats(new float[] {10, 20, 30, 40}, 2, 2)),
                    "sum");
            assertThat(sum.floats()).containsExactly(11, 22, 33, 44);
            assertThat(sum.shape()).containsExactly(2, 2);
        }
    }

    @Test
    void run_directBufferWithPosition_readsWhatRemains() {
        FloatBuffer direct =
                ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder()).asFloatBuffer();
        direct.put(new float[] {9, 9, 1, 2}).position(2);
        try (OrtModel model = add()) {
            OrtTensor sum =
                    model.run(pair(OrtTensor.floats(direct, 1, 2), OrtTensor.floats(new float[] {1, 1}, 1, 2)), "sum");
            assertThat(sum.floats()).containsExactly(2, 3);
        }
    }

    @Test
    void run_longs_givesLongs() {
        try (OrtModel model = OrtModel.of("twice", SmallModels.twice(), CPU.withThreads(2))) {
            OrtTensor doubled =
                    model.run(Map.of("numbers", OrtTensor.longs(new long[] {1, 1L << 40}, 1, 2)), "doubled");
            assertThat(doubled.longs()).containsExactly(2, 1L << 41);
        }
    }

    @Test
    void run_emptyBatch_givesNothing() {
        try (OrtModel model = add()) {
            OrtTensor none = OrtTensor.floats(new float[0], 0, 2);
            assertThat(model.run(pair(none, none), "sum").floats()).isEmpty();
        }
    }

    @Test
    void load_file_runs(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("add.onnx"), SmallModels.add());
        try (OrtModel model = OrtModel.load(file, CPU)) {
            assertThat(model.inputs()).containsExactly("left", "right");
            assertThat(model.outputs()).containsExactly("sum");
            assertThat(model.device()).isEqualTo(Device.cpu());
            assertThat(model).asString().contains("add.onnx on cpu", "left float32 [batch, 2]");
        }
    }

    @Test
    void run_unknownInput_namesThoseThereAre() {
        try (OrtModel model = add()) {
            OrtTensor row = OrtTensor.floats(new float[2], 1, 2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.run(Map.of("left", row, "text", row), "sum"))
                    .withMessage("Model adder has no input named \"text\": its inputs are left float32 [batch, 2] and"
                            + " right float32 [batch, 2]");
        }
    }

    @Test
    void run_unknownOutput_namesThoseThereAre() {
        try (OrtModel model = add()) {
            OrtTensor row = OrtTensor.floats(new float[2], 1, 2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.run(pair(row, row), "product"))
                    .withMessage("Model adder has no output named \"product\": its outputs are [sum]");
        }
    }

    @Test
    void run_missingInput_namesIt() {
        try (OrtModel model = add()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.run(Map.of("left", OrtTensor.floats(new float[2], 1, 2)), "sum"))
                    .withMessageStartingWith("Model adder misses its input \"right\": its inputs are left float32");
        }
    }

    @Test
    void run_otherWidth_namesBothShapes() {
        try (OrtModel model = add()) {
            OrtTensor wide = OrtTensor.floats(new float[3], 1, 3);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.run(pair(wide, wide), "sum"))
                    .withMessageContaining("Input \"left\" of model adder must be float32 [batch, 2]")
                    .withMessageEndingWith("got float32 [1, 3]");
        }
    }

    @Test
    void run_batchesDisagree_saysWhatBatchIs() {
        try (OrtModel model = add()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.run(
                            pair(OrtTensor.floats(new float[2], 1, 2), OrtTensor.floats(new float[4], 2, 2)), "sum"))
                    .withMessage("Input \"right\" of model adder must be float32 [batch, 2] where {batch=1}, got"
                            + " float32 [2, 2]");
        }
    }

    @Test
    void run_longsForFloats_namesBothTypes() {
        try (OrtModel model = add()) {
            OrtTensor longs = OrtTensor.longs(new long[2], 1, 2);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> model.run(pair(longs, longs), "sum"))
                    .withMessageContaining("must be float32 [batch, 2]")
                    .withMessageEndingWith("got int64 [1, 2]");
        }
    }

    @Test
    void tensor_shapeOfOtherSize_saysHowMany() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OrtTensor.floats(new float[5], 2, 2))
                .withMessage("values of shape [2, 2] must be 4 numbers, got 5");
    }

    @Test
    void of_notAModel_namesIt() {
        assertThatThrownBy(() -> OrtModel.of("broken", new byte[] {1, 2, 3}, CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessageStartingWith("Model broken could not be loaded: ")
                .hasMessageContaining("opset");
    }

    @Test
    void load_noSuchFile_namesThePath(@TempDir Path folder) {
        assertThatThrownBy(() -> OrtModel.load(folder.resolve("absent.onnx"), CPU))
                .isInstanceOf(InferenceException.class)
                .hasMessageContaining("absent.onnx could not be loaded");
    }

    @Test
    void close_twice_isHarmlessAndLaterRunsSayClosed() {
        OrtModel model = add();
        model.close();
        model.close();
        OrtTensor row = OrtTensor.floats(new float[2], 1, 2);
        assertThatIllegalStateException()
                .isThrownBy(() -> model.run(pair(row, row), "sum"))
                .withMessage("Model adder is closed: load it again");
    }

    @Test
    void close_whileThreadsRun_letsEveryRunFinishOrSayClosed() throws Exception {
        OrtModel model = add();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> runs = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            runs.add(threads.submit(() -> runUntilClosed(model)));
        }
        Thread.sleep(50);
        model.close();
        for (Future<Integer> run : runs) {
            assertThat(run.get()).isPositive();
        }
        threads.shutdown();
    }

    private static int runUntilClosed(OrtModel model) {
        OrtTensor left = OrtTensor.floats(new float[2000], 1000, 2);
        for (int runs = 1; ; runs++) {
            try {
                assertThat(model.run(pair(left, left), "sum").floats()).hasSize(2000);
            } catch (IllegalStateException closed) {
                assertThat(closed).hasMessageContaining("is closed");
                return runs;
            }
        }
    }
}
