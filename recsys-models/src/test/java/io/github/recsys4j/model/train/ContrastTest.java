package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.testing.NetworkFixture;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContrastTest {
    private static final int ITEMS = 7;

    private static InBatch settings(boolean symmetric, LogQ logQ) {
        return new InBatch(1, false, false, symmetric, logQ, AccidentalHits.SAME_ITEM, 0);
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
        InBatch settings =
                settings(symmetric, LogQ.NONE).withTemperature(temperature).withCosine(true);
        PublishedLoss.check(scenario, List.of(left, right), step -> {
            TorchTensor scores = Contrast.scores(step.get(left), step.get(right), settings);
            double rows = scores.shape().get(0);
            return sum(Contrast.rowLosses(scores, distinct((int) rows), settings), 1 / rows);
        });
    }

    /** The parameter is l = -ln tau, so that dL/dl = -tau dL/dtau. */
    @Test
    void infoNce_temperatureThatIsLearned_givesPublishedLossAndGradient() {
        NetworkFixture fixture = NetworkFixture.load("losses");
        String scenario = "infonce/symmetric_learned_tau";
        float temperature = fixture.floats(scenario + "/in/temperature")[0];
        ParameterSet gradients = PublishedLoss.gradients(
                scenario,
                Map.of("image", scenario + "/in/image", "text", scenario + "/in/text"),
                Map.of("scale", (float) -Math.log(temperature)),
                step -> {
                    TorchTensor scores = Contrast.scores(step.get("image"), step.get("text"), true, step.get("scale"));
                    return sum(Contrast.rowLosses(scores, distinct(6), settings(true, LogQ.NONE)), 1.0 / 6);
                });
        for (String tensor : List.of("image", "text")) {
            fixture.assertTensor(scenario + "/grad/" + tensor, PublishedLoss.values(gradients, tensor));
        }
        float[] ofTemperature = {PublishedLoss.values(gradients, "scale")[0] / -temperature};
        fixture.assertTensor(scenario + "/grad/temperature", ofTemperature);
    }

    @ParameterizedTest
    @CsvSource({
        "tfrs/plain, 1, NONE, false, 0",
        "tfrs/temperature0.5, 0.5, NONE, false, 0",
        "tfrs/logq, 1, STANDARD, false, 0",
        "tfrs/remove_accidental_hits, 1, NONE, true, 0",
        "tfrs/logq_temperature0.2_accidental_hits, 0.2, STANDARD, true, 0",
        "tfrs/logq_hits_weighted, 1, STANDARD, true, 0",
        "tfrs/logq_hits_score_mask, 1, STANDARD, true, 0",
        "tfrs/hard3_logq_hits, 0.5, STANDARD, true, 3"
    })
    void inBatch_publishedCandidates_givesTensorFlowRecommendersLossAndGradient(
            String scenario, double temperature, LogQ logQ, boolean hits, int hardNegatives) {
        NetworkFixture fixture = NetworkFixture.load("losses");
        InBatch settings = settings(false, logQ).withTemperature(temperature).withHardNegatives(hardNegatives);
        long[] ids = fixture.longs("tfrs/candidate_ids");
        int[] items =
                IntStream.range(0, ids.length).map(i -> hits ? (int) ids[i] : i).toArray();
        Contrast.Columns columns = Contrast.Columns.of(items)
                .withLogQ(publishedLogQ(fixture))
                .withMasked(scenario.endsWith("score_mask") ? publishedMask(fixture) : List.of());
        PublishedLoss.check(scenario, List.of("query", "candidate"), step -> {
            TorchTensor scores = Contrast.scores(step.get("query"), step.get("candidate"), settings);
            TorchTensor rows = Contrast.rowLosses(scores, columns, settings);
            float[] weights = fixture.floats("tfrs/sample_weight");
            boolean weighted = scenario.endsWith("weighted");
            return sum(weighted ? (TorchTensor) rows.mul(step.input(weights, weights.length, 1)) : rows, 1);
        });
    }

    private static float[] publishedLogQ(NetworkFixture fixture) {
        float[] logQ = fixture.floats("tfrs/candidate_sampling_probability");
        for (int i = 0; i < logQ.length; i++) {
            logQ[i] = (float) Math.log(Math.min(1, Math.max(1e-6, logQ[i])));
        }
        return logQ;
    }

    private static List<BitSet> publishedMask(NetworkFixture fixture) {
        long[] counts = fixture.longs("tfrs/score_mask");
        return IntStream.range(0, 5)
                .mapToObj(row -> IntStream.range(0, 7)
                        .filter(column -> counts[row * 7 + column] == 0)
                        .collect(BitSet::new, BitSet::set, BitSet::or))
                .toList();
    }

    @Test
    void corrected_publishedLogits_areTensorFlowRecommenders() {
        NetworkFixture fixture = NetworkFixture.load("losses");
        String scenario = "tfrs/layer_sampling_probability_correction";
        Contrast.Columns columns = distinct(7).withLogQ(publishedLogQ(fixture));
        PublishedLoss.check(scenario, List.of("logits"), step -> {
            TorchTensor corrected = Contrast.corrected(step.get("logits"), columns, settings(false, LogQ.STANDARD));
            fixture.assertTensor(scenario + "/out/logits", corrected.floats());
            return sum((TorchTensor) corrected.reshape(-1, 1), 1);
        });
    }

    @Test
    void clipAlignment_publishedVectors_givesTheLossOfFigure3() {
        for (String scenario : List.of("clip", "clip_aligned")) {
            PublishedLoss.check(scenario, List.of("image_features", "text_features", "logit_scale"), step -> {
                TorchTensor loss =
                        Alignment.loss(step.get("image_features"), step.get("text_features"), step.get("logit_scale"));
                return new LossComputation.Result(loss, TorchTensor.number(loss.array()));
            });
        }
    }

    @Test
    void rowLosses_otherItemsOfTheSameUser_areNoNegatives() {
        float[] scores = {1, 5, 2, 4, 1, 2, 0, 0, 3};
        List<BitSet> masked = InBatchMasks.of(
                AccidentalHits.SAME_USER, new int[] {0, 1, 2}, new int[] {0, 0, 1}, owner -> new int[0]);
        double[] found = rows(scores, 3, settings(false, LogQ.NONE), distinct(3).withMasked(masked));
        assertThat(found[0]).isCloseTo(Math.log(Math.exp(1) + Math.exp(2)) - 1, within(1e-5));
        assertThat(found[2]).isCloseTo(Math.log(2 + Math.exp(3)) - 3, within(1e-5));
    }

    @Test
    void masks_itemsThatTheUserKnows_areMaskedInEverySequence() {
        int[] labels = {3, 5, 7, 3};
        int[][] known = {{3, 5}, {1, 3, 7}};
        List<BitSet> masked =
                InBatchMasks.of(AccidentalHits.KNOWN_ITEMS, labels, new int[] {0, 0, 1, 1}, owner -> known[owner]);
        assertThat(masked.stream().map(BitSet::toString))
                .containsExactly("{0, 1, 3}", "{0, 1, 3}", "{0, 2, 3}", "{0, 2, 3}");
        assertThat(InBatchMasks.of(AccidentalHits.SAME_ITEM, labels, new int[4], owner -> known[owner]))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "9, 3"})
    void rowLosses_hardNegatives_areThoseOfTheHighestScores(int wanted, int counted) {
        float[] scores = {5, 0, 2, 1};
        double sum = Math.exp(5);
        for (int score = 2; score > 2 - counted; score--) {
            sum += Math.exp(score);
        }
        InBatch settings = settings(false, LogQ.NONE).withHardNegatives(wanted);
        assertThat(rows(scores, 4, settings, distinct(4))[0]).isCloseTo(Math.log(sum) - 5, within(1e-5));
    }

    @Test
    void rowLosses_sameItemAgain_isNoNegative() {
        double[] found =
                rows(new float[] {1, 9, 9, 1}, 2, settings(true, LogQ.NONE), Contrast.Columns.of(new int[] {4, 4}));
        assertThat(found).containsExactly(new double[] {0, 0}, within(1e-6));
    }

    @ParameterizedTest
    @EnumSource(LogQ.class)
    void rowLosses_nothingToCompareWith_isZero(LogQ logQ) {
        double[] found = rows(new float[] {3}, 1, settings(false, logQ), distinct(1));
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
                Contrast.Columns columns = Contrast.Columns.of(items).withLogQ(logQs);
                step.backward((TorchTensor) Contrast.rowLosses(row, columns, settings(false, logQ))
                        .reshape(-1)
                        .sum(0));
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
                .isThrownBy(() -> new Loss(Loss.Kind.IN_BATCH, 0, 1, 0, 0, Optional.empty()))
                .withMessageContaining("inBatch is for IN_BATCH and needed there");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InBatch.symmetric(0.001).withLearnedTemperature(true))
                .withMessage("a learned temperature must begin at 0.01 or more, given 0.001");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InBatch.symmetric(1).withHardNegatives(-1))
                .withMessage("hardNegatives must be at least 0, given -1");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> InBatch.oneSided(1).withLogQ(LogQ.POSITIVE_AWARE).withHardNegatives(5))
                .withMessageContaining("needs all negatives");
    }
}
