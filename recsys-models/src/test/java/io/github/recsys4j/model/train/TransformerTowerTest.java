package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every tower promises, whatever its blocks. */
class TransformerTowerTest {
    private static final int DIM = 8;
    private static final int MAX_LENGTH = 9;

    static Stream<TowerOptions> towers() {
        return Stream.of(
                        TowerOptions.sasRec(DIM, MAX_LENGTH),
                        TowerOptions.gSasRec(DIM, MAX_LENGTH),
                        TowerOptions.ligr(DIM, MAX_LENGTH),
                        TowerOptions.preNorm(DIM, MAX_LENGTH))
                .flatMap(options -> Stream.of(options, options.withHeads(2).withBlocks(1)));
    }

    @ParameterizedTest
    @MethodSource("towers")
    void userVector_anyPaddedLength_isTheSame(TowerOptions options) {
        int length = 4;
        float[] history = noise(length * DIM);
        float[] shortest = user(options, history, length, length);
        for (int padded = length + 1; padded <= MAX_LENGTH; padded++) {
            assertThat(user(options, history, length, padded)).containsExactly(shortest, within(2e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("towers")
    void userVector_ofHistory_isTheLastPlaceOfHidden(TowerOptions options) {
        float[] history = noise(5 * DIM);
        float[] vector = user(options, history, 5, 7);
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(
                        ParameterSet.initialize(tower(options).parameters(), 2));
                TorchStep step = session.infer(parameters)) {
            Tensor hidden = tower(options).hidden(step, padded(step, history, 7), mask(step, 5, 7));
            float[] last = ((TorchTensor) hidden.slice(1, -1, Long.MAX_VALUE)).floats();
            assertThat(vector).containsExactly(last, within(2e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("towers")
    void userVector_onlyPadding_isFinite(TowerOptions options) {
        for (float value : user(options, new float[0], 0, 3)) {
            assertThat(value).isFinite();
        }
    }

    @ParameterizedTest
    @MethodSource("towers")
    void hidden_laterItemChanged_leavesEarlierPlaces(TowerOptions options) {
        float[] history = noise(5 * DIM);
        float[] changed = history.clone();
        changed[4 * DIM] += 1;
        float[] before = hidden(options, history);
        float[] after = hidden(options, changed);
        for (int i = 0; i < 4 * DIM; i++) {
            assertThat(after[i]).isEqualTo(before[i]);
        }
        assertThat(after[4 * DIM]).isNotEqualTo(before[4 * DIM]);
    }

    @ParameterizedTest
    @MethodSource("towers")
    void gradient_ofTower_equalsDifferences(TowerOptions options) {
        TowerOptions small = new TowerOptions(
                options.block(),
                4,
                1,
                options.heads(),
                4,
                options.dropout(),
                options.feedForward(),
                options.scaleInputs(),
                options.outputProjection(),
                options.finalNorm(),
                1e-3,
                1e-3);
        TransformerTower tower = new TransformerTower(small);
        List<ParameterSpec> specs = new ArrayList<>(tower.parameters());
        specs.add(GradientCheck.normal("inputs", 2, 3, 4));
        GradientCheck.checkTensor(specs, step -> {
            Tensor mask = step.input(new float[] {0, 1, 1, 1, 1, 1}, 2, 3);
            Tensor rows = mask.reshape(0, 0, 1);
            return (TorchTensor) tower.hidden(step, step.get("inputs"), mask).mul(rows);
        });
    }

    private static TransformerTower tower(TowerOptions options) {
        return new TransformerTower(options);
    }

    private static float[] hidden(TowerOptions options, float[] history) {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(
                        ParameterSet.initialize(tower(options).parameters(), 2));
                TorchStep step = session.infer(parameters)) {
            return ((TorchTensor) tower(options).hidden(step, padded(step, history, 5), mask(step, 5, 5))).floats();
        }
    }

    private static float[] user(TowerOptions options, float[] history, int length, int padded) {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(
                        ParameterSet.initialize(tower(options).parameters(), 2));
                TorchStep step = session.infer(parameters)) {
            Tensor vector = tower(options).userVector(step, padded(step, history, padded), mask(step, length, padded));
            assertThat(vector.rank()).isEqualTo(2);
            return ((TorchTensor) vector).floats();
        }
    }

    /** Padded places hold numbers that must not matter. */
    private static Tensor padded(TorchStep step, float[] history, int length) {
        float[] all = new float[length * DIM];
        Arrays.fill(all, 3);
        System.arraycopy(history, 0, all, all.length - history.length, history.length);
        return step.input(all, 1, length, DIM);
    }

    private static Tensor mask(TorchStep step, int items, int length) {
        float[] mask = new float[length];
        Arrays.fill(mask, length - items, length, 1);
        return step.input(mask, 1, length);
    }

    private static float[] noise(int size) {
        SplittableRandom random = new SplittableRandom(4);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
