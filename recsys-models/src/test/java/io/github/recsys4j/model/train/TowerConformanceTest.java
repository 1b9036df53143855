package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.recsys4j.model.network.Activation;
import io.github.recsys4j.model.network.BlockType;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import io.github.recsys4j.model.testing.NetworkFixture;
import io.github.recsys4j.model.testing.PublishedLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs, losses and gradients of published code, reproduced with its parameters. */
class TowerConformanceTest {
    private static final int ITEMS = 50;
    private static final int DIM = 16;
    private static final int LENGTH = 12;
    private static final int BATCH = 4;
    private static final int NEGATIVES = 4;

    @ParameterizedTest
    @CsvSource({
        "gsasrec-h1, 1, false, 0.75",
        "gsasrec-h1, 1, false, 0",
        "gsasrec-h2, 2, false, 0.75",
        "gsasrec-h2, 2, false, 0",
        "gsasrec-h2-tied, 2, true, 0.75"
    })
    void gSasRec_publishedParameters_givesPublishedNumbers(String folder, int heads, boolean shared, String t) {
        NetworkFixture fixture = NetworkFixture.load(folder);
        TowerOptions options =
                TowerOptions.gSasRec(DIM, LENGTH).withHeads(heads).withDropout(0);
        SequenceNetwork network = new SequenceNetwork(ITEMS, shared, new TransformerTower(options));
        ParameterSet set = PublishedLayout.GSASREC.read(fixture, "param/", network);
        long[] ids = PublishedLayout.GSASREC.rows(fixture.longs("input/model_input"), ITEMS);
        long[] labels = PublishedLayout.GSASREC.rows(fixture.longs("input/labels"), ITEMS);
        int[] places = realPlaces(ids);

        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(set)) {
            try (TorchStep step = session.train(parameters, 0)) {
                Tensor hidden = hidden(step, network, ids, ids);
                fixture.assertTensor("out/seq_emb", ((TorchTensor) hidden).floats());
                TorchTensor packed = pack(step, hidden, places);
                TorchTensor table = (TorchTensor) network.vectors(step);
                Targets targets = Targets.perPosition(at(labels, places), gSasRecNegatives(fixture, places), NEGATIVES);
                LossComputation.Result result = new LossComputation(Loss.gbce(Double.parseDouble(t)), ITEMS)
                        .compute(packed, table, targets, 1.0 / places.length);
                fixture.assertScalar("loss_t" + t, result.value());
                step.backward(result.backward());
            }
            PublishedLayout.GSASREC.assertAll(fixture, "t" + t + "/grad/", parameters.gradients());
        }
    }

    static int[] gSasRecNegatives(NetworkFixture fixture, int[] places) {
        long[] published = PublishedLayout.GSASREC.rows(fixture.longs("input/negatives"), ITEMS);
        int[] negatives = new int[places.length * NEGATIVES];
        for (int i = 0; i < places.length; i++) {
            int row = places[i] / LENGTH * (LENGTH + 1) + places[i] % LENGTH + 1;
            for (int j = 0; j < NEGATIVES; j++) {
                negatives[i * NEGATIVES + j] = (int) published[row * NEGATIVES + j];
            }
        }
        return negatives;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rectools-sasrec-h2-keypad",
                "ligr-h1",
                "ligr-h2-keypad",
                "ligr-bias-ff2-h2",
                "ligr-gelu-h2-cosine",
                "preln-h2"
            })
    void recTools_publishedParameters_givesPublishedNumbers(String folder) {
        NetworkFixture fixture = NetworkFixture.load(folder);
        SequenceNetwork network = new SequenceNetwork(ITEMS, true, new TransformerTower(recToolsOptions(folder)));
        ParameterSet set = PublishedLayout.RECTOOLS.read(fixture, "param/", network);
        long[] ids = PublishedLayout.RECTOOLS.rows(fixture.longs("input/x"), ITEMS);
        int[] places = realPlaces(ids);
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(set)) {
            for (String name : List.of("softmax", "sampled_softmax", "BCE", "gBCE")) {
                parameters.zeroGradients();
                try (TorchStep step = session.train(parameters, 0)) {
                    long[] seen = masksPadding(folder) ? ids : new long[ids.length];
                    Tensor hidden = hidden(step, network, ids, seen);
                    assertPlaces(fixture, "out/session_embs", (TorchTensor) hidden, places);
                    double loss = recToolsLoss(fixture, step, network, name, hidden);
                    fixture.assertScalar("loss_" + name, loss);
                }
                if (fixture.has(name + "/grad/pos_encoding_layer.pos_emb.weight")) {
                    PublishedLayout.RECTOOLS.assertAll(fixture, name + "/grad/", parameters.gradients());
                }
            }
        }
    }

    /**
     * These variants attend to padding, which we never do: a history without padding is where both must agree. Losses
     * and gradients are published for whole batches only.
     */
    @ParameterizedTest
    @CsvSource({
        "rectools-sasrec-h1, RECTOOLS, input/x, out/session_embs",
        "sasrec-h1-prenorm, SASREC_PYTORCH, input/seq, out/log_feats",
        "sasrec-h2-prenorm, SASREC_PYTORCH, input/seq, out/log_feats"
    })
    void attendingToPadding_historyWithoutPadding_givesPublishedNumbers(
            String folder, PublishedLayout layout, String input, String output) {
        NetworkFixture fixture = NetworkFixture.load(folder);
        TowerOptions options = layout == PublishedLayout.RECTOOLS ? recToolsSasRec() : sasRecPytorch();
        SequenceNetwork network = new SequenceNetwork(
                ITEMS, true, new TransformerTower(options.withHeads(folder.contains("h1") ? 1 : 2)));
        long[] ids = layout.rows(fixture.longs(input), ITEMS);
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(layout.read(fixture, "param/", network));
                TorchStep step = session.train(parameters, 0)) {
            TorchTensor hidden = (TorchTensor) hidden(step, network, ids, ids);
            assertPlaces(fixture, output, hidden, placesOfFullRows(ids));
        }
    }

    private static TowerOptions sasRecPytorch() {
        TowerOptions.FeedForward feedForward = new TowerOptions.FeedForward(1, Activation.RELU, true);
        return new TowerOptions(BlockType.PRE_NORM, DIM, 2, 1, LENGTH, 0, feedForward, true, true, true, 1e-8, 1e-8);
    }

    private static int[] placesOfFullRows(long[] ids) {
        int[] places = IntStream.range(0, ids.length)
                .filter(i -> ids[i / LENGTH * LENGTH] != ITEMS)
                .toArray();
        assertThat(places).isNotEmpty();
        return places;
    }

    private static boolean masksPadding(String folder) {
        return folder.contains("keypad") || folder.contains("cosine");
    }

    private static TowerOptions recToolsOptions(String folder) {
        TowerOptions options = folder.startsWith("ligr")
                ? TowerOptions.ligr(DIM, LENGTH)
                : folder.startsWith("preln") ? TowerOptions.preNorm(DIM, LENGTH) : recToolsSasRec();
        TowerOptions.FeedForward feedForward = switch (folder) {
            case "ligr-bias-ff2-h2" -> new TowerOptions.FeedForward(2, Activation.SWIGLU, true);
            case "ligr-gelu-h2-cosine" -> new TowerOptions.FeedForward(4, Activation.GELU, true);
            default -> options.feedForward();
        };
        return options.withHeads(folder.contains("h1") ? 1 : 2).withDropout(0).withFeedForward(feedForward);
    }

    private static TowerOptions recToolsSasRec() {
        TowerOptions g = TowerOptions.gSasRec(DIM, LENGTH);
        return new TowerOptions(g.block(), DIM, 2, 2, LENGTH, 0, g.feedForward(), false, true, true, 1e-5, 1e-8);
    }

    /** Positions are weighted there; here each group of equal weights is a loss of its own scale. */
    private static double recToolsLoss(
            NetworkFixture fixture, TorchStep step, SequenceNetwork network, String name, Tensor hidden) {
        long[] ids = PublishedLayout.RECTOOLS.rows(fixture.longs("input/x"), ITEMS);
        long[] labels = PublishedLayout.RECTOOLS.rows(fixture.longs("input/y"), ITEMS);
        long[] published = PublishedLayout.RECTOOLS.rows(fixture.longs("input/negatives"), ITEMS);
        float[] weights = fixture.floats("input/yw");
        int[] places = realPlaces(ids);
        boolean cosine = fixture.name().endsWith("cosine");
        Tensor users = cosine ? hidden.l2Normalize().mul(10) : hidden;
        Tensor table = fullTable(step, network.vectorsName());
        TorchTensor items = (TorchTensor) (cosine ? table.l2Normalize() : table);
        List<TorchTensor> parts = new ArrayList<>();
        double value = 0;
        for (float weight : new float[] {0.5f, 1, 2}) {
            int[] group = IntStream.of(places)
                    .filter(place -> weights[place] == weight)
                    .toArray();
            Targets targets = name.equals("softmax")
                    ? Targets.of(at(labels, group))
                    : Targets.perPosition(at(labels, group), negatives(published, group), NEGATIVES);
            LossComputation.Result part =
                    recToolsComputation(name).compute(pack(step, users, group), items, targets, weight / places.length);
            parts.add(part.backward());
            value += part.value();
        }
        step.backward((TorchTensor) parts.get(0).add(parts.get(1)).add(parts.get(2)));
        return value;
    }

    /** There the padding row is a class of its own, but has no gradient. */
    private static Tensor fullTable(TorchStep step, String name) {
        PtNDArray all = TorchStep.array(step.get(name));
        PtNDArray pad = step.own(JniUtils.detachGradient(step.own(JniUtils.slice(all, 0, ITEMS, ITEMS + 1, 1))));
        return step.get(name).slice(0, 0, ITEMS).concat(0, List.of(step.wrap(pad)));
    }

    private static LossComputation recToolsComputation(String name) {
        return switch (name) {
            case "softmax" -> new LossComputation(Loss.fullSoftmax(), ITEMS + 1);
            case "sampled_softmax" -> new LossComputation(Loss.sampledSoftmax(), ITEMS);
            case "BCE" -> new LossComputation(Loss.bce(), ITEMS);
            default -> new LossComputation(Loss.gbce(0.75), ITEMS);
        };
    }

    private static int[] negatives(long[] published, int[] places) {
        int[] negatives = new int[places.length * NEGATIVES];
        for (int i = 0; i < negatives.length; i++) {
            negatives[i] = (int) published[places[i / NEGATIVES] * NEGATIVES + i % NEGATIVES];
        }
        return negatives;
    }

    @Test
    void parameters_gSasRecOnMovieLens_areCountedAsPublishedLessOneRowPerTable() {
        TransformerTower tower = new TransformerTower(TowerOptions.gSasRec(128, 200));
        SequenceNetwork network = new SequenceNetwork(3416, false, tower);
        assertThat(network.parameters().stream().mapToLong(spec -> spec.size()).sum())
                .isEqualTo(1_066_752);
        assertThat(ParameterSet.initialize(network.parameters(), 1).count()).isEqualTo(1_066_752);
    }

    static Tensor hidden(TorchStep step, SequenceNetwork network, long[] ids, long[] seen) {
        float[] mask = new float[seen.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = seen[i] == ITEMS ? 0 : 1;
        }
        Tensor inputs = fullTable(step, SequenceNetwork.INPUTS).gather(step.indices(ids, BATCH, LENGTH));
        return network.tower().hidden(step, inputs, step.input(mask, BATCH, LENGTH));
    }

    static TorchTensor pack(TorchStep step, Tensor hidden, int[] places) {
        long[] rows = IntStream.of(places).asLongStream().toArray();
        return (TorchTensor) hidden.reshape(-1, DIM).gather(step.indices(rows, rows.length));
    }

    static int[] realPlaces(long[] ids) {
        return IntStream.range(0, ids.length).filter(i -> ids[i] != ITEMS).toArray();
    }

    static int[] at(long[] ids, int[] places) {
        return IntStream.of(places).map(place -> (int) ids[place]).toArray();
    }

    private static void assertPlaces(NetworkFixture fixture, String name, TorchTensor actual, int[] places) {
        NetworkFixture.assertClose(
                name,
                rows(actual.floats(), places),
                rows(fixture.floats(name), places),
                rows(fixture.tolerances(name), places));
    }

    private static float[] rows(float[] from, int[] places) {
        float[] rows = new float[places.length * DIM];
        for (int i = 0; i < places.length; i++) {
            System.arraycopy(from, places[i] * DIM, rows, i * DIM, DIM);
        }
        return rows;
    }
}
