package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.testing.NetworkFixture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContrastTest {
    private static final int ITEMS = 7;

    /** Runs a loss over tensors of a fixture and compares value and gradients. */
    private static void check(String scenario, List<String> tensors, GradientCheck.Scalar loss) {
        NetworkFixture fixture = NetworkFixture.load("losses");
        List<ParameterSpec> specs = new ArrayList<>();
        Map<String, float[]> values = new HashMap<>();
        for (String tensor : tensors) {
            String name = scenario + "/in/" + tensor;
            List<Integer> shape = fixture.shape(name);
            specs.add(new ParameterSpec(tensor, shape.isEmpty() ? List.of(1) : shape, Initializer.constant(0)));
            values.put(tensor, fixture.floats(name));
        }
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.of(specs, values))) {
            try (TorchStep step = session.train(parameters, 0)) {
                LossComputation.Result result = loss.of(step);
                fixture.assertScalar(scenario, result.value());
                step.backward(result.backward());
            }
            for (String tensor : tensors) {
                float[] found = new float[parameters.gradients().spec(tensor).size()];
                parameters.gradients().values(tensor).get(found);
                fixture.assertTensor(scenario + "/grad/" + tensor, found);
            }
        }
    }

    private static LossComputation.Result sum(TorchTensor rows, double scale) {
        TorchTensor sum = (TorchTensor) rows.sum(0).mul(scale);
        return new LossComputation.Result(sum, TorchTensor.number(sum.array()));
    }

    private static Contrast.Columns distinct(int columns) {
        return Contrast.Columns.of(IntStream.range(0, columns).toArray());
    }

    @ParameterizedTest
    @CsvSource({
        "infonce/mmrec_one_sided_tau0.2, view1, view2, false, 0.2",
        "infonce/mmrec_one_sided_tau0.07, view1, view2, false, 0.07",
        "infonce/symmetric_tau0.2, image, text, true, 0.2",
        "infonce/symmetric_tau0.07, image, text, true, 0.07"
    })
    void infoNce_publishedVectors_givesPublishedLossAndGradient(
            String scenario, String left, String right, boolean symmetric, double temperature) {
        InBatch settings = new InBatch(temperature, true, symmetric, LogQ.NONE, false);
        check(scenario, List.of(left, right), step -> {
            TorchTensor scores = Contrast.scores(step.get(left), step.get(right), settings);
            double rows = scores.shape().get(0);
            return sum(Contrast.rowLosses(scores, distinct((int) rows), settings), 1 / rows);
        });
    }

    @Test
    void infoNce_temperatureThatWasLearned_givesPublishedLossAndGradient() {
        String scenario = "infonce/symmetric_learned_tau";
        double temperature = NetworkFixture.load("losses").floats(scenario + "/in/temperature")[0];
        InBatch settings = new InBatch(temperature, true, true, LogQ.NONE, false);
        check(scenario, List.of("image", "text"), step -> {
            TorchTensor scores = Contrast.scores(step.get("image"), step.get("text"), settings);
            return sum(Contrast.rowLosses(scores, distinct(6), settings), 1.0 / 6);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "tfrs/plain, 1, NONE, false",
        "tfrs/temperature0.5, 0.5, NONE, false",
        "tfrs/logq, 1, STANDARD, false",
        "tfrs/remove_accidental_hits, 1, NONE, true",
        "tfrs/logq_temperature0.2_accidental_hits, 0.2, STANDARD, true",
        "tfrs/logq_hits_weighted, 1, STANDARD, true"
    })
    void inBatch_publishedCandidates_givesTensorFlowRecommendersLossAndGradient(
            String scenario, double temperature, LogQ logQ, boolean hits) {
        NetworkFixture fixture = NetworkFixture.load("losses");
        InBatch settings = new InBatch(temperature, false, false, logQ, false);
        long[] ids = fixture.longs("tfrs/candidate_ids");
        float[] chances = fixture.floats("tfrs/candidate_sampling_probability");
        float[] logQs = new float[chances.length];
        for (int i = 0; i < logQs.length; i++) {
            logQs[i] = (float) Math.log(Math.min(1, Math.max(1e-6, chances[i])));
        }
        int[] items =
                IntStream.range(0, ids.length).map(i -> hits ? (int) ids[i] : i).toArray();
        Contrast.Columns columns = Contrast.Columns.of(items).withLogQ(logQs);
        check(scenario, List.of("query", "candidate"), step -> {
            TorchTensor scores = Contrast.scores(step.get("query"), step.get("candidate"), settings);
            TorchTensor rows = Contrast.rowLosses(scores, columns, settings);
            float[] weights = fixture.floats("tfrs/sample_weight");
            boolean weighted = scenario.endsWith("weighted");
            return sum(weighted ? (TorchTensor) rows.mul(step.input(weights, weights.length, 1)) : rows, 1);
        });
    }

    @Test
    void clipAlignment_publishedVectors_givesTheLossOfFigure3() {
        for (String scenario : List.of("clip", "clip_aligned")) {
            check(scenario, List.of("image_features", "text_features", "logit_scale"), step -> {
                TorchTensor loss =
                        Alignment.loss(step.get("image_features"), step.get("text_features"), step.get("logit_scale"));
                return new LossComputation.Result(loss, TorchTensor.number(loss.array()));
            });
        }
    }

    @Test
    void rowLosses_otherItemsOfTheSameUser_areNoNegatives() {
        InBatch settings = new InBatch(1, false, false, LogQ.NONE, true);
        float[] scores = {1, 5, 2, 4, 1, 2, 0, 0, 3};
        double[] found = rows(scores, 3, settings, distinct(3).withOwners(new int[] {8, 8, 9}));
        assertThat(found[0]).isCloseTo(Math.log(Math.exp(1) + Math.exp(2)) - 1, within(1e-5));
        assertThat(found[2]).isCloseTo(Math.log(2 + Math.exp(3)) - 3, within(1e-5));
    }

    @Test
    void rowLosses_sameItemAgain_isNoNegative() {
        InBatch settings = new InBatch(1, false, true, LogQ.NONE, false);
        double[] found = rows(new float[] {1, 9, 9, 1}, 2, settings, Contrast.Columns.of(new int[] {4, 4}));
        assertThat(found).containsExactly(new double[] {0, 0}, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(LogQ.class)
    void rowLosses_nothingToCompareWith_isZero(LogQ logQ) {
        InBatch settings = new InBatch(1, false, false, logQ, true);
        double[] found = rows(new float[] {3}, 1, settings, distinct(1));
        assertThat(found).containsExactly(new double[] {0}, within(1e-6));
    }

    private static double[] rows(float[] scores, int columns, InBatch settings, Contrast.Columns who) {
        ParameterSpec none = new ParameterSpec("none", List.of(1), Initializer.constant(0));
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.initialize(List.of(none), 0));
                TorchStep step = session.infer(parameters)) {
            float[] found = Contrast.rowLosses(step.input(scores, scores.length / columns, columns), who, settings)
                    .floats();
            return IntStream.range(0, found.length).mapToDouble(i -> found[i]).toArray();
        }
    }

    /** The gradient of one row with respect to the scores of all items; candidates are drawn in proportion to i + 1. */
    private static float[] gradient(LogQ logQ, int drawn) {
        SplittableRandom random = new SplittableRandom(3);
        int[] items = new int[drawn + 1];
        float[] logQs = new float[drawn + 1];
        items[0] = 2;
        for (int i = 1; i <= drawn; i++) {
            double left = random.nextDouble();
            while ((left -= chance(items[i])) > 0 && items[i] < ITEMS - 1) {
                items[i]++;
            }
        }
        for (int i = 0; i <= drawn; i++) {
            logQs[i] = (float) Math.log(chance(items[i]));
        }
        ParameterSpec scores = new ParameterSpec("scores", List.of(ITEMS, 1), Initializer.constant(0));
        float[] given = {0.5f, -1, 0.3f, 1.2f, -0.4f, 0.1f, 0.8f};
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters =
                        session.parameters(ParameterSet.of(List.of(scores), Map.of("scores", given)))) {
            try (TorchStep step = session.train(parameters, 0)) {
                TorchTensor row = (TorchTensor) step.get("scores")
                        .gather(step.indices(TrainingStep.longs(items), items.length))
                        .reshape(1, items.length);
                InBatch settings = new InBatch(1, false, false, logQ, false);
                Contrast.Columns columns = Contrast.Columns.of(items).withLogQ(logQs);
                step.backward((TorchTensor)
                        Contrast.rowLosses(row, columns, settings).reshape(-1).sum(0));
            }
            float[] found = new float[ITEMS];
            parameters.gradients().values("scores").get(found);
            return found;
        }
    }

    private static double chance(int item) {
        return (item + 1) * 2.0 / (ITEMS * (ITEMS + 1));
    }

    @Test
    void positiveAware_manyCandidates_hasTheGradientOfTheFullSoftmax() {
        double[] scores = {0.5, -1, 0.3, 1.2, -0.4, 0.1, 0.8};
        double total =
                IntStream.range(0, ITEMS).mapToDouble(i -> Math.exp(scores[i])).sum();
        float[] full = new float[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            full[item] = (float) (Math.exp(scores[item]) / total - (item == 2 ? 1 : 0));
        }
        double before = Double.MAX_VALUE;
        for (int drawn : new int[] {50, 2_000, 80_000}) {
            double error = distance(gradient(LogQ.POSITIVE_AWARE, drawn), full);
            assertThat(error).isLessThan(before / 2);
            before = error;
        }
        assertThat(before).isLessThan(0.005);
        assertThat(distance(gradient(LogQ.STANDARD, 80_000), full)).isGreaterThan(0.1);
        assertThat(distance(gradient(LogQ.NONE, 80_000), full)).isGreaterThan(0.1);
    }

    private static double distance(float[] one, float[] other) {
        return Math.sqrt(IntStream.range(0, ITEMS)
                .mapToDouble(i -> (one[i] - other[i]) * (one[i] - other[i]))
                .sum());
    }

    @Test
    void inBatch_wrongSettings_areRefusedWithTheirValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InBatch.oneSided(0))
                .withMessage("temperature must be greater than 0 and finite, given 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InBatch.symmetric(1).withLogQ(LogQ.POSITIVE_AWARE))
                .withMessageContaining("one direction");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Loss(Loss.Kind.IN_BATCH, 0))
                .withMessageContaining("inBatch is for IN_BATCH and needed there");
    }
}
