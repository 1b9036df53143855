package io.github.recsys4j.model.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.testing.NetworkFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses and gradients of published code for given scores. */
class LossConformanceTest {
    private static final int SAMPLED_FROM = 100;
    /** Published gBCE holds the positive's sigmoid within 1e-10 of 0 and 1; ours does not, its gradient never ends. */
    private static final double CLAMP = Math.log((1 - 1e-10) / 1e-10);

    private final NetworkFixture fixture = NetworkFixture.load("losses");

    @ParameterizedTest
    @CsvSource({"softmax/mean, true, 0", "softmax/sum, false, 0", "softmax/label_smoothing_0.1, true, 0.1"})
    void fullSoftmax_publishedScores_givesPublishedLossAndGradient(String name, boolean mean, double smoothing) {
        long[] targets = fixture.longs("softmax/targets");
        int[] rows = IntStream.range(0, targets.length)
                .filter(row -> targets[row] >= 0)
                .toArray();
        double scale = mean ? 1.0 / rows.length : 1;
        Loss loss = Loss.fullSoftmax().withLabelSmoothing(smoothing);
        softmax(name, loss, targets, new float[][] {weighted(rows.length)}, new int[][] {rows}, scale);
    }

    @Test
    void fullSoftmax_weightedPositions_givesPublishedLossAndGradient() {
        long[] targets = fixture.longs("rectools/targets");
        float[] weights = fixture.floats("rectools/weights");
        List<int[]> groups = new ArrayList<>();
        List<float[]> groupWeights = new ArrayList<>();
        int count = 0;
        for (int row = 0; row < targets.length; row++) {
            if (targets[row] > 0 && weights[row] > 0) {
                groups.add(new int[] {row});
                groupWeights.add(new float[] {weights[row]});
                count++;
            }
        }
        softmax(
                "rectools/softmax",
                Loss.fullSoftmax(),
                targets,
                groupWeights.toArray(new float[0][]),
                groups.toArray(new int[0][]),
                1.0 / count);
    }

    /** Scores are the product of themselves with the identity. */
    private void softmax(String name, Loss loss, long[] targets, float[][] weights, int[][] groups, double scale) {
        String tensor = "logits";
        List<Integer> shape = fixture.shape(name + "/in/" + tensor);
        int items = shape.get(shape.size() - 1);
        withScores(name, tensor, targets.length, items, step -> {
            TorchTensor table = step.input(identity(items), items, items);
            TorchTensor sum = step.wrap(TorchTensor.filled(step, new Shape(), 0));
            double value = 0;
            for (int i = 0; i < groups.length; i++) {
                int[] rows = groups[i];
                long[] wide = IntStream.of(rows).asLongStream().toArray();
                TorchTensor hidden = (TorchTensor) step.get("scores").gather(step.indices(wide, wide.length));
                int[] positives =
                        IntStream.of(rows).map(row -> (int) targets[row]).toArray();
                LossComputation.Result part = new LossComputation(loss, items)
                        .compute(hidden, table, Targets.of(positives), scale * weights[i][0]);
                sum = (TorchTensor) sum.add(part.backward());
                value += part.value();
            }
            return new LossComputation.Result(sum, value);
        });
    }

    private static float[] weighted(int rows) {
        float[] weights = new float[rows];
        Arrays.fill(weights, 1);
        return weights;
    }

    private static float[] identity(int size) {
        float[] matrix = new float[size * size];
        for (int i = 0; i < size; i++) {
            matrix[i * size + i] = 1;
        }
        return matrix;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sampled_softmax", "bce", "gbce_t0", "gbce_t0.25", "gbce_t0.75", "gbce_t1"})
    void sampledLosses_publishedScores_giveRecToolsLossAndGradient(String loss) {
        long[] targets = fixture.longs("rectools/targets");
        float[] weights = fixture.floats("rectools/weights");
        float[] scaled = new float[targets.length];
        long counted = IntStream.range(0, targets.length)
                .filter(row -> targets[row] > 0 && (!loss.startsWith("sampled") || weights[row] > 0))
                .count();
        for (int row = 0; row < scaled.length; row++) {
            scaled[row] = targets[row] > 0 ? weights[row] / counted : 0;
        }
        withScores("rectools/" + loss, "pos_neg_logits", targets.length, 6, step -> {
            PtNDArray all = step.get("scores").array();
            PtNDArray first = step.own(JniUtils.slice(all, 1, 0, 1, 1));
            PtNDArray positive = loss.startsWith("gbce") ? clamped(step, first) : first;
            Scores scores = new Scores(positive, step.own(JniUtils.slice(all, 1, 1, 6, 1)));
            PtNDArray rows = loss.startsWith("sampled")
                    ? RowLosses.softmax(step, scores)
                    : RowLosses.gbce(step, scores, Loss.gbce(calibration(loss)).beta(5, SAMPLED_FROM));
            return sum(step, (TorchTensor) step.wrap(rows).mul(step.input(scaled, scaled.length, 1)));
        });
    }

    private static PtNDArray clamped(TorchStep step, PtNDArray scores) {
        float[] values = step.wrap(JniUtils.detachGradient(scores)).floats();
        float[] inside = new float[values.length];
        float[] limits = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            inside[i] = Math.abs(values[i]) < CLAMP ? 1 : 0;
            limits[i] = (float) Math.copySign(CLAMP, values[i]);
        }
        TorchTensor limit = step.input(limits, values.length, 1);
        return TorchStep.array(step.wrap(scores).where(step.input(inside, values.length, 1), limit));
    }

    private static double calibration(String loss) {
        return loss.equals("bce") ? 0 : Double.parseDouble(loss.substring("gbce_t".length()));
    }

    @Test
    void bpr_publishedScores_givesRecBolesLossAndGradient() {
        ParameterSpec positive = new ParameterSpec("pos_score", List.of(5, 1), Initializer.constant(0));
        ParameterSpec negative = new ParameterSpec("neg_score", List.of(5, 1), Initializer.constant(0));
        Map<String, float[]> values = new HashMap<>();
        values.put("pos_score", fixture.floats("bpr/recbole/in/pos_score"));
        values.put("neg_score", fixture.floats("bpr/recbole/in/neg_score"));
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.of(List.of(positive, negative), values))) {
            try (TorchStep step = session.train(parameters, 0)) {
                Scores scores = new Scores(
                        step.get("pos_score").array(), step.get("neg_score").array());
                LossComputation.Result result =
                        sum(step, step.wrap(RowLosses.bpr(step, scores)).scaled(0.2));
                fixture.assertScalar("bpr/recbole", result.value());
                step.backward(result.backward());
            }
            for (String name : values.keySet()) {
                fixture.assertTensor("bpr/recbole/grad/" + name, values(parameters.gradients(), name));
            }
        }
    }

    @Test
    void bpr_withEmbeddingPenalty_givesRecBolesLossAndGradient() {
        String name = "bpr/recbole_embeddings";
        List<String> published = List.of("user", "pos_item", "neg_item");
        List<ParameterSpec> specs = published.stream()
                .map(tensor -> new ParameterSpec(tensor, List.of(5, 4), Initializer.constant(0)))
                .toList();
        Map<String, float[]> values = new HashMap<>();
        published.forEach(tensor -> values.put(tensor, fixture.floats(name + "/in/" + tensor)));
        int[] positives = {0, 1, 2, 3, 4};
        int[] negatives = {5, 6, 7, 8, 9};
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.of(specs, values))) {
            try (TorchStep step = session.train(parameters, 0)) {
                TorchTensor table = step.wrap(JniUtils.cat(
                        new PtNDArray[] {
                            step.get("pos_item").array(), step.get("neg_item").array()
                        },
                        0));
                LossComputation.Result result = new LossComputation(Loss.bpr().withEmbeddingPenalty(0.01), 10)
                        .compute(step.get("user"), table, Targets.perPosition(positives, negatives, 1), 0.2);
                fixture.assertScalar(name, result.value());
                step.backward(result.backward());
            }
            for (String tensor : published) {
                fixture.assertTensor(name + "/grad/" + tensor, values(parameters.gradients(), tensor));
            }
        }
    }

    /** Each score is a loss of its own, as the positive beside a sure negative or the other way round. */
    @ParameterizedTest
    @CsvSource({"bce_with_logits/mean, false", "bce_with_logits/pos_weight_mean, true"})
    void bce_publishedScores_givesPyTorchsLossAndGradient(String name, boolean weighted) {
        float[] labels = fixture.floats("bce_with_logits/targets");
        float[] weights = fixture.floats("bce_with_logits/pos_weight");
        withScores(name, "logits", 4, 5, step -> {
            TorchTensor sum = step.wrap(TorchTensor.filled(step, new Shape(), 0));
            for (int at = 0; at < labels.length; at++) {
                Loss loss = Loss.bce().withPositiveWeight(weighted ? weights[at % 5] : 1);
                PtNDArray score =
                        TorchStep.array(step.get("scores").reshape(-1, 1).slice(0, at, at + 1));
                PtNDArray sure = step.input(new float[] {1e4f}, 1, 1).array();
                PtNDArray never = step.input(new float[] {-1e4f}, 1, 1).array();
                Scores scores = labels[at] == 1 ? new Scores(score, never) : new Scores(sure, score);
                PtNDArray row = RowLosses.gbce(step, scores, loss.beta(1, SAMPLED_FROM));
                sum = (TorchTensor) sum.add(step.wrap(JniUtils.sum(row)).mul(2.0 / labels.length));
            }
            return new LossComputation.Result(sum, TorchTensor.number(sum.array()));
        });
    }

    private static LossComputation.Result sum(TorchStep step, TorchTensor rows) {
        TorchTensor sum = step.wrap(JniUtils.sum(rows.array()));
        return new LossComputation.Result(sum, TorchTensor.number(sum.array()));
    }

    private void withScores(String name, String tensor, int rows, int columns, GradientCheck.Scalar loss) {
        ParameterSpec spec = new ParameterSpec("scores", List.of(rows, columns), Initializer.constant(0));
        float[] scores = fixture.floats(name + "/in/" + tensor);
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters =
                        session.parameters(ParameterSet.of(List.of(spec), Map.of("scores", scores)))) {
            try (TorchStep step = session.train(parameters, 0)) {
                LossComputation.Result result = loss.of(step);
                fixture.assertScalar(name, result.value());
                step.backward(result.backward());
            }
            fixture.assertTensor(name + "/grad/" + tensor, values(parameters.gradients(), "scores"));
        }
    }

    private static float[] values(ParameterSet set, String name) {
        float[] values = new float[set.spec(name).size()];
        set.values(name).get(values);
        return values;
    }
}
