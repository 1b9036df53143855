package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The optimizers against trajectories that PyTorch 2.13 computed: see the fixtures' SOURCE.txt. */
class TorchOptimizerTest {
    private static final int STEPS = 20;

    /** A published trajectory and the settings that should give it. */
    record Case(String name, Optimizer optimizer, double clipNorm) {}

    static List<Case> cases() {
        double none = Double.POSITIVE_INFINITY;
        Optimizer.Adam adam = Optimizer.adam();
        return List.of(
                new Case("sgd_lr0.1", Optimizer.sgd(0.1, 0), none),
                new Case("sgd_lr0.1_momentum0.9", Optimizer.sgd(0.1, 0.9), none),
                new Case(
                        "sgd_lr0.1_momentum0.9_nesterov_wd0.01",
                        Optimizer.sgd(0.1, 0.9).withNesterov().withWeightDecay(0.01),
                        none),
                new Case("sgd_lr0.1_momentum0.9_dampening0.1", new Optimizer.Sgd(0.1, 0.9, 0.1, false, 0), none),
                new Case("adam_lr0.01", adam.withLearningRate(0.01), none),
                new Case("adam_lr0.001_betas0.9_0.98", adam.withBeta2(0.98), none),
                new Case("adam_lr0.01_l2_0.1", new Optimizer.Adam(0.01, 0.9, 0.999, 1e-8, 0.1), none),
                new Case(
                        "adamw_lr0.01_wd0.1",
                        Optimizer.adamW().withLearningRate(0.01).withWeightDecay(0.1),
                        none),
                new Case("adamw_lr0.001_default_wd0.01", Optimizer.adamW(), none),
                new Case("adam_lr0.01_clip_norm1", adam.withLearningRate(0.01), 1),
                new Case("sgd_lr0.1_clip_norm1", Optimizer.sgd(0.1, 0), 1),
                new Case("adamw_lr0.01_warmup5_cosine", Optimizer.adamW().withLearningRate(0.01), 5));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void step_publishedGradients_followPyTorch(Case given) throws IOException {
        JsonNode manifest =
                new ObjectMapper().readTree(folder().resolve("manifest.json").toFile());
        JsonNode rates = manifest.get("trajectories").get(given.name()).get("learning_rates");
        JsonNode norms = manifest.get("trajectories").get(given.name()).get("gradient_norms_before_clipping_float64");
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            TorchOptimizer optimizer = TorchOptimizer.of(given.optimizer(), manager);
            Map<String, NDArray> parameters = new LinkedHashMap<>();
            for (String name : List.of("a", "b")) {
                parameters.put(name, row(manager, "start__" + name, 0, false));
            }
            for (int step = 0; step < STEPS; step++) {
                Map<String, NDArray> gradients = new LinkedHashMap<>();
                for (String name : List.of("a", "b")) {
                    gradients.put(name, row(manager, "gradients__" + name, step, true));
                }
                if (Double.isFinite(given.clipNorm())) {
                    double total = TorchOptimizer.clip(gradients.values(), given.clipNorm());
                    assertThat(total).isCloseTo(norms.get(step).asDouble(), within(1e-5 * Math.max(1, total)));
                }
                optimizer.step(parameters, gradients, rates.get(step).asDouble());
                for (String name : List.of("a", "b")) {
                    assertReached(given.name() + "/" + name, step + 1, parameters, manifest);
                }
            }
        }
    }

    private static void assertReached(String tensor, int step, Map<String, NDArray> parameters, JsonNode manifest) {
        float tolerance = (float)
                manifest.get("tensors").get(tensor).get("suggested_atol").asDouble();
        NDArray parameter = named(parameters, tensor.substring(tensor.length() - 1));
        float[] expected = values(tensor.replace("/", "__"), step, (int) parameter.size());
        assertThat(parameter.toFloatArray())
                .as("%s after step %s", tensor, step)
                .containsExactly(expected, within(tolerance));
    }

    @Test
    void restore_inMidRun_goesOnBitForBit() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            for (Optimizer settings : List.of(Optimizer.adam(), Optimizer.sgd(0.1, 0.9))) {
                Map<String, NDArray> unbroken = Map.of("p", manager.create(new float[] {1, 2, 3}));
                TorchOptimizer optimizer = TorchOptimizer.of(settings, manager);
                optimizer.step(unbroken, gradient(manager, 1), 0.1);
                Map<String, NDArray> resumed = Map.of("p", named(unbroken, "p").duplicate());
                TorchOptimizer other = TorchOptimizer.of(settings, manager);
                other.restore(optimizer.save(), resumed, optimizer.steps());
                optimizer.step(unbroken, gradient(manager, 2), 0.1);
                other.step(resumed, gradient(manager, 2), 0.1);
                assertThat(named(resumed, "p").toFloatArray())
                        .isEqualTo(named(unbroken, "p").toFloatArray());
            }
        }
    }

    private static NDArray named(Map<String, NDArray> arrays, String name) {
        return Objects.requireNonNull(arrays.get(name));
    }

    private static Map<String, NDArray> gradient(NDManager manager, float scale) {
        return Map.of("p", manager.create(new float[] {0.1f * scale, -0.2f, 0.3f / scale}));
    }

    private static NDArray row(NDManager manager, String file, int row, boolean stacked) {
        List<Integer> shape = NpyFile.read(folder().resolve(file + ".npy")).shape();
        long[] one = shape.stream()
                .skip(stacked ? 1 : 0)
                .mapToLong(Integer::longValue)
                .toArray();
        Shape wanted = new Shape(one);
        return manager.create(values(file, row, (int) wanted.size()), wanted);
    }

    private static float[] values(String file, int row, int size) {
        FloatBuffer all = NpyFile.read(folder().resolve(file + ".npy")).floats();
        float[] values = new float[size];
        all.position(row * size).get(values);
        return values;
    }

    private static Path folder() {
        return RealData.path("fixtures", "networks", "optimizers");
    }
}
