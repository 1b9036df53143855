package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.export.OnnxExporter;
import io.github.recsys4j.model.network.ContentInput;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemContent;
import io.github.recsys4j.model.network.ItemTower;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import io.github.recsys4j.model.network.UserTower;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ItemTowerTest {
    private static final int ITEMS = 9;
    private static final int DIM = 8;
    private static final List<ContentInput> INPUTS =
            List.of(ContentInput.of(Modality.IMAGE, 5), ContentInput.of(Modality.TEXT, 3));

    private static SequenceNetwork network(Fusion fusion, boolean published) {
        UserTower tower = new TransformerTower(published ? TowerOptions.gSasRec(DIM, 6) : TowerOptions.sasRec(DIM, 6));
        ItemTowerOptions options = ItemTowerOptions.of(fusion).withHeads(2);
        return new SequenceNetwork(ITEMS, !published, tower).withContent(new ItemContent(INPUTS, options));
    }

    /** Contents, presence and id presence of nine items. */
    private static final class Known {
        private final float[] image = noise(ITEMS * 5, 1);
        private final float[] text = noise(ITEMS * 3, 2);
        private final float[] presence = new float[ITEMS * 2];
        private final float[] ids = new float[ITEMS];

        Known() {
            for (int item = 0; item < ITEMS; item++) {
                presence[2 * item] = item % 3 == 1 ? 0 : 1;
                presence[2 * item + 1] = item % 4 == 1 ? 0 : 1;
                ids[item] = item % 2;
            }
        }

        ItemTower.Fused fused(TorchStep step, ItemTower tower) {
            ItemTower.Ids known = new ItemTower.Ids(step.get(tower.idName()), step.input(ids, ITEMS, 1));
            return tower.rows(step, batch(step, Optional.of(known)));
        }

        ItemTower.Batch batch(TorchStep step, Optional<ItemTower.Ids> known) {
            return new ItemTower.Batch(
                    List.of(step.input(image, ITEMS, 5), step.input(text, ITEMS, 3)),
                    step.input(presence, ITEMS, 2),
                    known);
        }

        float[] rows(SequenceNetwork network, ParameterSet parameters) {
            return run(
                    parameters, step -> fused(step, network.itemTowers().get(0)).rows());
        }
    }

    private interface Computation {
        Tensor of(TorchStep step);
    }

    private static float[] run(ParameterSet parameters, Computation computation) {
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters weights = session.parameters(parameters);
                TorchStep step = session.infer(weights)) {
            return ((TorchTensor) computation.of(step)).floats();
        }
    }

    private static float[] noise(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static ParameterSet parameters(SequenceNetwork network) {
        return ParameterSet.initialize(network.parameters(), 3);
    }

    static Stream<Arguments> networks() {
        return Stream.of(Fusion.values())
                .flatMap(fusion -> Stream.of(Arguments.of(fusion, false), Arguments.of(fusion, true)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void export_contentsWithoutIds_ortMatchesTheTrainer(Fusion fusion, boolean published) {
        SequenceNetwork network = network(fusion, published);
        ParameterSet parameters = parameters(network);
        Known known = new Known();
        Map<String, OrtTensor> inputs = new LinkedHashMap<>();
        inputs.put("image", OrtTensor.floats(known.image, ITEMS, 5));
        inputs.put("text", OrtTensor.floats(known.text, ITEMS, 3));
        inputs.put(OnnxExporter.PRESENCE, OrtTensor.floats(known.presence, ITEMS, 2));
        byte[] onnx = OnnxExporter.itemTower(network, parameters);
        try (OrtModel model = OrtModel.of("item_tower", onnx, OrtOptions.on(Device.cpu()))) {
            List<ItemTower> towers = network.itemTowers();
            for (ItemTower tower : towers) {
                boolean first = tower.table().equals(SequenceNetwork.INPUTS);
                float[] served = model.run(inputs, first ? OnnxExporter.ITEM_INPUT : OnnxExporter.ITEM_VECTOR)
                        .floats();
                Agreement.assertClose(
                        served,
                        run(
                                parameters,
                                step -> tower.rows(step, known.batch(step, Optional.empty()))
                                        .rows()));
            }
            ItemTower last = towers.get(towers.size() - 1);
            float[] shares = model.run(inputs, OnnxExporter.SHARES).floats();
            Agreement.assertClose(
                    shares,
                    run(
                            parameters,
                            step -> last.rows(step, known.batch(step, Optional.empty()))
                                    .shares()));
        }
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void rows_itemWithoutId_isTheSameWithAndWithoutAnIdColumn(Fusion fusion) {
        SequenceNetwork network = network(fusion, true);
        Known known = new Known();
        float[] with = known.rows(network, parameters(network));
        float[] without = run(
                parameters(network),
                step -> network.itemTowers()
                        .get(0)
                        .rows(step, known.batch(step, Optional.empty()))
                        .rows());
        for (int item = 0; item < ITEMS; item += 2) {
            for (int d = 0; d < DIM; d++) {
                assertThat(with[item * DIM + d]).isCloseTo(without[item * DIM + d], within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void rows_missingModality_doesNotMatterWhatStandsThere(Fusion fusion) {
        SequenceNetwork network = network(fusion, true);
        Known known = new Known();
        float[] before = known.rows(network, parameters(network));
        for (int item = 0; item < ITEMS; item++) {
            if (known.presence[2 * item] == 0) {
                Arrays.fill(known.image, item * 5, item * 5 + 5, 77);
            }
        }
        assertThat(known.rows(network, parameters(network))).containsExactly(before, within(1e-5f));
        known.image[0] += 1;
        assertThat(known.rows(network, parameters(network))[0]).isNotCloseTo(before[0], within(1e-5f));
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void rows_nothingButAnId_dependOnTheIdAlone(Fusion fusion) {
        SequenceNetwork network = network(fusion, true);
        Known known = new Known();
        int item = 1;
        known.presence[2 * item + 1] = 0;
        float[] before = Arrays.copyOfRange(known.rows(network, parameters(network)), item * DIM, (item + 1) * DIM);
        known.text[3 * item] = 5;
        known.image[5 * item] = -5;
        float[] after = Arrays.copyOfRange(known.rows(network, parameters(network)), item * DIM, (item + 1) * DIM);
        assertThat(after).containsExactly(before).isNotEqualTo(new float[DIM]);
        if (fusion == Fusion.ID_GATE || fusion == Fusion.MODALITY_GATE) {
            float[] id = new float[DIM];
            parameters(network).values("items.input.id").get(item * DIM, id);
            assertThat(after).containsExactly(id, within(1e-6f));
        }
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void rows_nothingKnown_areZero(Fusion fusion) {
        SequenceNetwork network = network(fusion, true);
        Known known = new Known();
        known.presence[0] = 0;
        known.presence[1] = 0;
        assertThat(Arrays.copyOf(known.rows(network, parameters(network)), DIM))
                .containsExactly(new float[DIM], within(0f));
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void shares_anyItem_sumToOneOverWhatIsThere(Fusion fusion) {
        SequenceNetwork network = network(fusion, true);
        Known known = new Known();
        float[] shares = run(
                parameters(network),
                step -> known.fused(step, network.itemTowers().get(0)).shares());
        for (int item = 0; item < ITEMS; item++) {
            float sum = shares[3 * item] + shares[3 * item + 1] + shares[3 * item + 2];
            assertThat(sum).isCloseTo(1, within(1e-5f));
            assertThat(shares[3 * item] == 0).isEqualTo(known.presence[2 * item] == 0);
            assertThat(shares[3 * item + 2] == 0).isEqualTo(known.ids[item] == 0);
        }
    }

    /** Three items, so that every difference is quick. */
    @ParameterizedTest
    @EnumSource(Fusion.class)
    void rows_gradient_isThatOfDifferences(Fusion fusion) {
        UserTower user = new TransformerTower(TowerOptions.gSasRec(2, 3));
        List<ContentInput> one = List.of(ContentInput.of(Modality.TEXT, 2));
        ItemTowerOptions options = ItemTowerOptions.of(fusion).withHeads(1).withDropout(0);
        ItemTower tower = new ItemTower("items", 3, user, new ItemContent(one, options));
        GradientCheck.checkTensor(tower.parameters(), step -> {
            Tensor ids = step.input(new float[] {1, 0, 1}, 3, 1);
            ItemTower.Batch batch = new ItemTower.Batch(
                    List.of(step.input(noise(6, 4), 3, 2)),
                    step.input(new float[] {1, 1, 0}, 3, 1),
                    Optional.of(new ItemTower.Ids(step.get(tower.idName()), ids)));
            return (TorchTensor) tower.rows(step, batch).rows();
        });
    }

    @Test
    void exportItemTower_noContents_saysWhatToDo() {
        SequenceNetwork network = SmallTask.network(0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OnnxExporter.itemTower(network, parameters(network)))
                .withMessage("network must have contents to have an item tower: set them with withContent");
    }
}
