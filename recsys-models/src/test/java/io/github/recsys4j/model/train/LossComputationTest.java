package io.github.recsys4j.model.train;

import static io.github.recsys4j.model.train.GradientCheck.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.train.LossComputation.Plan;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LossComputationTest {
    private static final int POSITIONS = 5;
    private static final int ITEMS = 7;
    private static final int DIM = 3;
    private static final List<ParameterSpec> SPECS = List.of(normal("h", POSITIONS, DIM), normal("e", ITEMS, DIM));
    private static final int[] POSITIVES = {6, 0, 3, 3, 1};
    /** Two rows to a chunk, so that the last is shorter. */
    private static final Plan PICKS = new Plan(1000, 2 * ITEMS, 1);

    private static final Plan GATHERS = new Plan(0, 1, 2 * ITEMS * DIM);

    static Stream<Arguments> losses() {
        int[] three = draw(POSITIONS * 3);
        Targets each = Targets.perPosition(POSITIVES, three, 3);
        Targets one = Targets.perPosition(POSITIVES, draw(POSITIONS), 1);
        Targets shared = Targets.shared(POSITIVES, draw(4));
        Stream<Arguments> sampled = Stream.of(
                        Loss.bce(), Loss.gbce(0.75), Loss.sampledSoftmax(), Loss.sampledSoftmaxCorrected(), Loss.bpr())
                .flatMap(loss -> Stream.of(
                        Arguments.of(loss, each, PICKS),
                        Arguments.of(loss, each, GATHERS),
                        Arguments.of(loss, one, PICKS),
                        Arguments.of(loss, shared, PICKS)));
        return Stream.concat(Stream.of(Arguments.of(Loss.fullSoftmax(), Targets.of(POSITIVES), PICKS)), sampled);
    }

    @ParameterizedTest
    @MethodSource("losses")
    void gradient_ofEachLossAndPath_equalsDifferences(Loss loss, Targets targets, Plan plan) {
        LossComputation computation = new LossComputation(loss, ITEMS, probabilities(loss), plan);
        GradientCheck.check(SPECS, step -> computation.compute(step.get("h"), step.get("e"), targets, 0.25));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void value_ofEachLossAndPath_isTheFormulas(Loss loss, Targets targets, Plan plan) {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.initialize(SPECS, 3));
                TorchStep step = session.train(parameters, 0)) {
            float[] h = step.get("h").floats();
            float[] e = step.get("e").floats();
            double value = new LossComputation(loss, ITEMS, probabilities(loss), plan)
                    .compute(step.get("h"), step.get("e"), targets, 0.5)
                    .value();
            double expected = 0;
            for (int row = 0; row < POSITIONS; row++) {
                expected += 0.5 * rowLoss(loss, targets, row, scores(h, e, row));
            }
            assertThat(value).isCloseTo(expected, within(1e-5));
        }
    }

    private static double[] scores(float[] h, float[] e, int row) {
        double[] scores = new double[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            for (int i = 0; i < DIM; i++) {
                scores[item] += h[row * DIM + i] * e[item * DIM + i];
            }
        }
        return scores;
    }

    private static double rowLoss(Loss loss, Targets targets, int row, double[] scores) {
        double positive = scores[targets.positive(row)];
        int k = targets.count();
        double sum = 0;
        for (int j = 0; j < k; j++) {
            int item = targets.negative(row, j);
            double correction = Math.log(k * probability(item));
            sum += switch (loss.kind()) {
                case BCE, GBCE -> Math.log1p(Math.exp(scores[item]));
                case SAMPLED_SOFTMAX -> Math.exp(scores[item]);
                case SAMPLED_SOFTMAX_CORRECTED ->
                    item == targets.positive(row) ? 0 : Math.exp(scores[item] - correction);
                case BPR -> -Math.log(1e-10 + 1 / (1 + Math.exp(scores[item] - positive))) / k;
                case FULL_SOFTMAX, IN_BATCH -> throw new AssertionError();
            };
        }
        double alpha = k / (ITEMS - 1.0);
        double beta = alpha * (loss.calibration() * (1 - 1 / alpha) + 1 / alpha);
        return switch (loss.kind()) {
            case FULL_SOFTMAX -> Math.log(Arrays.stream(scores).map(Math::exp).sum()) - positive;
            case BCE, GBCE -> (beta * Math.log1p(Math.exp(-positive)) + sum) / (k + 1);
            case SAMPLED_SOFTMAX, SAMPLED_SOFTMAX_CORRECTED -> Math.log(Math.exp(positive) + sum) - positive;
            case BPR -> sum;
            case IN_BATCH -> throw new AssertionError();
        };
    }

    @Test
    void sampledSoftmax_manyNegatives_convergesToFullOnlyWhereCorrected() {
        int count = 20_000;
        SplittableRandom random = new SplittableRandom(5);
        int[] skewed =
                random.doubles(count).mapToInt(LossComputationTest::inverse).toArray();
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.initialize(SPECS, 3));
                TorchStep step = session.train(parameters, 0)) {
            double full = value(step, Loss.fullSoftmax(), Targets.of(POSITIVES));
            Targets shared = Targets.shared(POSITIVES, skewed);
            assertThat(value(step, Loss.sampledSoftmaxCorrected(), shared)).isCloseTo(full, within(0.01 * full));
            assertThat(value(step, Loss.sampledSoftmax(), shared)).isGreaterThan(2 * full);
        }
    }

    private static double value(TorchStep step, Loss loss, Targets targets) {
        return new LossComputation(loss, ITEMS, probabilities(loss))
                .compute(step.get("h"), step.get("e"), targets, 1.0 / POSITIONS)
                .value();
    }

    /** Item i is drawn in proportion to i + 1. */
    private static double probability(int item) {
        return (item + 1) * 2.0 / (ITEMS * (ITEMS + 1));
    }

    private static int inverse(double uniform) {
        int item = 0;
        double left = uniform - probability(0);
        while (left > 0 && item < ITEMS - 1) {
            item++;
            left -= probability(item);
        }
        return item;
    }

    private static float[] probabilities(Loss loss) {
        boolean corrects = loss.kind() == Loss.Kind.SAMPLED_SOFTMAX_CORRECTED;
        float[] logs = new float[corrects ? ITEMS : 0];
        for (int item = 0; item < logs.length; item++) {
            logs[item] = (float) Math.log(probability(item));
        }
        return logs;
    }

    private static int[] draw(int count) {
        return new SplittableRandom(9).ints(count, 0, ITEMS).toArray();
    }

    @Test
    void gbce_exampleOfThePaper_hasItsBeta() {
        assertThat(Loss.gbce(0.75).beta(256, 3416)).isCloseTo(0.30622, within(1e-5));
        assertThat(Loss.bce().beta(256, 3416)).isEqualTo(1);
        assertThat(Loss.gbce(1).beta(256, 3416)).isCloseTo(0.07496, within(1e-5));
    }

    @Test
    void loss_wrongSettings_areRefusedWithTheirValue() {
        assertThatThrownBy(() -> Loss.gbce(1.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("calibration t must be in [0, 1], given 1.5");
        assertThatThrownBy(() -> Loss.bpr().withCalibration(0.5)).hasMessageContaining("gBCE only");
        assertThatThrownBy(() -> Loss.bpr().withPositiveWeight(2))
                .hasMessage("positiveWeight is for BCE and gBCE only, given for BPR");
        assertThatThrownBy(() -> Loss.bce().withPositiveWeight(0))
                .hasMessage("positiveWeight must be greater than 0 and finite, given 0.0");
        assertThatThrownBy(() -> Loss.bce().withLabelSmoothing(0.1))
                .hasMessage("labelSmoothing is for FULL_SOFTMAX only, given for BCE");
        assertThatThrownBy(() -> Loss.fullSoftmax().withLabelSmoothing(1))
                .hasMessage("labelSmoothing must be in [0, 1), given 1.0");
        assertThatThrownBy(() -> Loss.bce().withEmbeddingPenalty(-1))
                .hasMessage("embeddingPenalty must be at least 0 and finite, given -1.0");
        assertThatThrownBy(() -> new LossComputation(Loss.sampledSoftmaxCorrected(), ITEMS))
                .hasMessageContaining("needs 7 probabilities, given 0");
        assertThatThrownBy(() -> Targets.perPosition(POSITIVES, new int[4], 1))
                .hasMessage("5 positions with 1 negatives each need 5, given 4");
        assertThatThrownBy(() -> Targets.shared(POSITIVES, new int[0])).hasMessageContaining("at least 1");
    }

    @Test
    void compute_missingOrUnusedNegatives_areRefused() {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.initialize(SPECS, 3));
                TorchStep step = session.train(parameters, 0)) {
            assertThatThrownBy(() -> value(step, Loss.bce(), Targets.of(POSITIVES)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("BCE takes at least 1 negatives, given 0 for each position");
            assertThatThrownBy(() -> value(step, Loss.fullSoftmax(), Targets.shared(POSITIVES, new int[2])))
                    .hasMessageContaining("FULL_SOFTMAX takes no negatives, given 2");
        }
    }
}
