package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.RandomModels;
import io.github.recsys4j.model.export.OnnxExporter;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import io.github.recsys4j.model.network.UserTower;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is trained is what is served: exported and run in ONNX Runtime, every tower gives the trainer's scores. */
class ExportedTowerTest {
    private static final int ITEMS = 40;
    private static final int LONGEST = 24;

    /** A network and its name in the test report. */
    record Case(String name, TowerOptions tower, boolean shared) {
        SequenceNetwork network() {
            return new SequenceNetwork(ITEMS, shared, new TransformerTower(tower));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> towers() {
        Stream<Case> presets = Stream.of(
                        Architecture.sasRec(),
                        Architecture.sasRecSoftmax(),
                        Architecture.gSasRec(),
                        Architecture.eSasRec())
                .map(preset -> preset.withDim(32).withMaxLength(LONGEST))
                .map(preset -> new Case(preset.name(), preset.tower(), preset.sharedItems()));
        return Stream.concat(
                presets,
                Stream.of(
                        new Case(
                                "pre-norm, 4 heads",
                                TowerOptions.preNorm(32, LONGEST).withHeads(4),
                                true),
                        new Case(
                                "ligr, 3 blocks, 2 heads",
                                TowerOptions.ligr(32, LONGEST).withBlocks(3).withHeads(2),
                                false),
                        new Case(
                                "gsasrec, 1 block",
                                TowerOptions.gSasRec(32, LONGEST).withBlocks(1),
                                false)));
    }

    @ParameterizedTest
    @MethodSource("towers")
    void export_randomWeights_ortMatchesTheTrainer(Case towerCase) {
        SequenceNetwork network = towerCase.network();
        assertAgree(network, ParameterSet.initialize(network.parameters(), 5));
    }

    @ParameterizedTest
    @MethodSource("towers")
    void export_trainedWeights_ortMatchesTheTrainer(Case towerCase) {
        SequenceNetwork network = towerCase.network();
        Dataset data = RandomModels.dataset(60, ITEMS, LONGEST, 3);
        TrainingOptions options =
                TrainingOptions.builder().epochs(5).batchSize(16).seed(4).build();
        ParameterSet trained = new Trainer(network, options).train(data).parameters();
        assertThat(trained.values(SequenceNetwork.INPUTS))
                .isNotEqualTo(ParameterSet.initialize(network.parameters(), 4).values(SequenceNetwork.INPUTS));
        assertAgree(network, trained);
    }

    private static void assertAgree(SequenceNetwork network, ParameterSet parameters) {
        byte[] onnx = OnnxExporter.userTower(network.tower(), parameters);
        SplittableRandom random = new SplittableRandom(6);
        try (OrtModel model = OrtModel.of("tower", onnx, OrtOptions.on(Device.cpu()));
                TorchSession session = TorchSession.open(OptionalInt.empty())) {
            TorchParameters weights = session.parameters(parameters);
            for (int batch : new int[] {1, 1, 2, 5, 17}) {
                int length = 1 + random.nextInt(LONGEST);
                Histories histories = Histories.draw(random, batch, length, network.pad());
                try (TorchStep step = session.infer(weights)) {
                    assertSameScores(network, step, histories, model);
                }
            }
        }
    }

    /** Left-padded histories of random lengths; the last of several is padding throughout. */
    private record Histories(OrtTensor ids, OrtTensor mask) {
        static Histories draw(SplittableRandom random, int batch, int length, int pad) {
            long[] ids = new long[batch * length];
            float[] mask = new float[batch * length];
            for (int row = 0; row < batch; row++) {
                int padding = batch > 1 && row == batch - 1 ? length : batch == 1 ? 0 : random.nextInt(length);
                for (int place = 0; place < length; place++) {
                    boolean item = place >= padding;
                    ids[row * length + place] = item ? random.nextInt(ITEMS) : pad;
                    mask[row * length + place] = item ? 1 : 0;
                }
            }
            return new Histories(OrtTensor.longs(ids, batch, length), OrtTensor.floats(mask, batch, length));
        }
    }

    private static void assertSameScores(SequenceNetwork network, TorchStep step, Histories histories, OrtModel model) {
        UserTower tower = network.tower();
        TorchTensor mask =
                step.input(histories.mask().floats(), histories.mask().shape());
        TorchTensor inputs = (TorchTensor) network.inputs(
                step, step.indices(histories.ids().longs(), histories.ids().shape()));
        TorchTensor user = (TorchTensor) tower.userVector(step, inputs, mask);
        TorchTensor scores = (TorchTensor) user.matMul(network.vectors(step).transpose(1, 0));
        OrtTensor served = model.run(
                Map.of(
                        OnnxExporter.INPUTS,
                        OrtTensor.floats(inputs.floats(), inputs.shape().getShape()),
                        OnnxExporter.MASK,
                        histories.mask()),
                OnnxExporter.USER_VECTOR);
        TorchTensor servedScores = (TorchTensor) step.input(served.floats(), served.shape())
                .matMul(network.vectors(step).transpose(1, 0));
        Agreement.assertClose(served.floats(), user.floats());
        Agreement.assertClose(servedScores.floats(), scores.floats());
    }
}
