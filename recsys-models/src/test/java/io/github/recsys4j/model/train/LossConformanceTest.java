package io.github.recsys4j.model.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.model.testing.NetworkFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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
        withScores(name, tensor, targets.length, items, given -> {
            TorchStep step = given.step();
            TorchTensor table = step.input(identity(items), items, items);
            TorchTensor sum = step.wrap(TorchTensor.filled(step, new Shape(), 0));
            double value = 0;
            for (int i = 0; i < groups.length; i++) {
                int[] rows = groups[i];
                long[] wide = IntStream.of(rows).asLongStream().toArray();
                TorchTensor hidden = (TorchTensor) given.gather(step.indices(wide, wide.length));
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
        withScores("rectools/" + loss, "pos_neg_logits", targets.length, 6, given -> {
            TorchStep step = given.step();
            PtNDArray all = given.array();
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
        PublishedLoss.check("bpr/recbole", List.of("pos_score", "neg_score"), step -> {
            Scores scores = new Scores(column(step, "pos_score"), column(step, "neg_score"));
            return sum(step, step.wrap(RowLosses.bpr(step, scores)).scaled(0.2));
        });
    }

    private static PtNDArray column(TorchStep step, String name) {
        return TorchStep.array(step.get(name).reshape(-1, 1));
    }

    @Test
    void bpr_withEmbeddingPenalty_givesRecBolesLossAndGradient() {
        int[] positives = {0, 1, 2, 3, 4};
        int[] negatives = {5, 6, 7, 8, 9};
        PublishedLoss.check("bpr/recbole_embeddings", List.of("user", "pos_item", "neg_item"), step -> {
            PtNDArray[] items = {
                step.get("pos_item").array(), step.get("neg_item").array()
            };
            TorchTensor table = step.wrap(JniUtils.cat(items, 0));
            return new LossComputation(Loss.bpr().withEmbeddingPenalty(0.01), 10)
                    .compute(step.get("user"), table, Targets.perPosition(positives, negatives, 1), 0.2);
        });
    }

    /** Each score is a loss of its own, as the positive beside a sure negative or the other way round. */
    @ParameterizedTest
    @CsvSource({"bce_with_logits/mean, false", "bce_with_logits/pos_weight_mean, true"})
    void bce_publishedScores_givesPyTorchsLossAndGradient(String name, boolean weighted) {
        float[] labels = fixture.floats("bce_with_logits/targets");
        float[] weights = fixture.floats("bce_with_logits/pos_weight");
        withScores(name, "logits", 4, 5, given -> {
            TorchStep step = given.step();
            TorchTensor sum = step.wrap(TorchTensor.filled(step, new Shape(), 0));
            for (int at = 0; at < labels.length; at++) {
                Loss loss = Loss.bce().withPositiveWeight(weighted ? weights[at % 5] : 1);
                PtNDArray score = TorchStep.array(given.reshape(-1, 1).slice(0, at, at + 1));
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

    private static void withScores(
            String name, String tensor, int rows, int columns, Function<TorchTensor, LossComputation.Result> loss) {
        PublishedLoss.check(
                name,
                List.of(tensor),
                step -> loss.apply((TorchTensor) step.get(tensor).reshape(rows, columns)));
    }
}
