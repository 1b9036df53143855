package io.github.recsys4j.model.train;

import static io.github.recsys4j.model.testing.NetworkFixture.assertClose;

import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.Fusions;
import io.github.recsys4j.model.network.Initializer;
import io.github.recsys4j.model.network.ItemTower;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.Tensor;
import io.github.recsys4j.model.testing.NetworkFixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attention and gates give the outputs, weights and gradients of PyTorch and of two published recommenders. */
class FusionConformanceTest {
    private static final int DIM = 8;

    private final NetworkFixture fixture = NetworkFixture.load("fusion");
    private final Map<String, Source> sources = new LinkedHashMap<>();

    /** Where our parameter, or an input, lies in the fixture. */
    private record Source(String value, String gradient, UnaryOperator<float[]> part, List<Integer> shape) {}

    private void input(String name, String scenario, String tensor) {
        sources.put(
                name,
                new Source(
                        scenario + "/in/" + tensor,
                        scenario + "/grad_in/" + tensor,
                        UnaryOperator.identity(),
                        fixture.shape(scenario + "/in/" + tensor)));
    }

    private void parameter(String name, String tensor, UnaryOperator<float[]> part, Integer... shape) {
        sources.put(name, new Source(tensor, tensor.replace("/param/", "/grad/"), part, List.of(shape)));
    }

    /** Rows of a published matrix [out, in], as ours [in, out]. */
    private void matrix(String name, String tensor, int fromRow, int toRow) {
        int in = fixture.shape(tensor).get(1);
        parameter(name, tensor, values -> columns(values, in, fromRow, toRow), in, toRow - fromRow);
    }

    private static float[] columns(float[] values, int in, int fromRow, int toRow) {
        int out = toRow - fromRow;
        float[] turned = new float[in * out];
        for (int row = 0; row < out; row++) {
            for (int column = 0; column < in; column++) {
                turned[column * out + row] = values[(fromRow + row) * in + column];
            }
        }
        return turned;
    }

    private void vector(String name, String tensor, int from, int to) {
        parameter(name, tensor, values -> Arrays.copyOfRange(values, from, to), to - from);
    }

    private void linear(String name, String weight, String bias) {
        int out = fixture.shape(weight).get(0);
        matrix(name + ".weight", weight, 0, out);
        vector(name + ".bias", bias, 0, out);
    }

    private void norm(String name, String tensor) {
        int size = fixture.shape(tensor + ".weight").get(0);
        vector(name + ".weight", tensor + ".weight", 0, size);
        vector(name + ".bias", tensor + ".bias", 0, size);
    }

    private void attention(String name, String owner, int dim) {
        String[] ours = {"query", "key", "value"};
        String[] apart = {"q", "k", "v"};
        for (int i = 0; i < 3; i++) {
            boolean stacked = fixture.has(owner + "in_proj_weight");
            if (stacked) {
                matrix(name + "." + ours[i] + ".weight", owner + "in_proj_weight", i * dim, (i + 1) * dim);
            } else {
                matrix(name + "." + ours[i] + ".weight", owner + apart[i] + "_proj_weight", 0, dim);
            }
            vector(name + "." + ours[i] + ".bias", owner + "in_proj_bias", i * dim, (i + 1) * dim);
        }
        linear(name + ".output", owner + "out_proj.weight", owner + "out_proj.bias");
    }

    /** Runs a computation on the sources, compares its outputs and the gradients of the sources. */
    private void check(String scenario, Map<String, float[]> constants, Function<TorchStep, Map<String, Tensor>> run) {
        List<ParameterSpec> specs = new ArrayList<>();
        Map<String, float[]> values = new HashMap<>(constants);
        constants.forEach((name, value) -> specs.add(spec(name, List.of(value.length / DIM, DIM))));
        sources.forEach((name, source) -> {
            specs.add(spec(name, source.shape()));
            values.put(name, source.part().apply(fixture.floats(source.value())));
        });
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters parameters = session.parameters(ParameterSet.of(specs, values))) {
            try (TorchStep step = session.train(parameters, 0)) {
                Map<String, Tensor> outputs = run.apply(step);
                outputs.forEach((name, tensor) ->
                        fixture.assertTensor(scenario + "/out/" + name, ((TorchTensor) tensor).floats()));
                Tensor output = Objects.requireNonNull(outputs.get("output"));
                float[] cotangent = fixture.floats(scenario + "/cotangent");
                Tensor sum = output.reshape(-1)
                        .mul(step.input(cotangent, cotangent.length))
                        .sum(0);
                step.backward((TorchTensor) sum);
            }
            ParameterSet gradients = parameters.gradients();
            sources.forEach((name, source) -> assertGradient(name, source, gradients));
        }
    }

    private static ParameterSpec spec(String name, List<Integer> shape) {
        return new ParameterSpec(name, shape, Initializer.constant(0));
    }

    private void assertGradient(String name, Source source, ParameterSet gradients) {
        float[] found = new float[gradients.spec(name).size()];
        gradients.values(name).get(found);
        float[] expected = source.part().apply(fixture.floats(source.gradient()));
        assertClose(name, found, expected, source.part().apply(fixture.tolerances(source.gradient())));
    }

    /** 1 where a modality is there. */
    private TorchTensor presence(TorchStep step, boolean masked) {
        long[] missing = fixture.longs("key_padding_mask");
        float[] presence = new float[missing.length];
        for (int i = 0; i < missing.length; i++) {
            presence[i] = masked && missing[i] == 1 ? 0 : 1;
        }
        return step.input(presence, presence.length / 4, 4);
    }

    @ParameterizedTest
    @CsvSource({"mha_self_h1_masked, 1, true", "mha_self_h2_masked, 2, true", "mha_self_h2_unmasked, 2, false"})
    void attention_placesAmongThemselves_isPyTorchs(String scenario, int heads, boolean masked) {
        input("tokens", scenario, "tokens");
        attention("attention", scenario + "/param/", DIM);
        check(scenario, Map.of(), step -> {
            Tensor x = step.get("tokens");
            List<Tensor> both = Fusions.attention(step, heads, true, List.of(x, x, x, presence(step, masked)));
            return Map.of("output", both.get(0), "weights_per_head", both.get(1));
        });
    }

    @ParameterizedTest
    @CsvSource({"mha_cross_h2_masked, tokens, tokens", "mha_cross_h2_kdim6_vdim10_masked, key, value"})
    void attention_queriesToOthers_isPyTorchs(String scenario, String keys, String values) {
        input("query", scenario, "query");
        input(keys, scenario, keys);
        input(values, scenario, values);
        attention("attention", scenario + "/param/", DIM);
        check(scenario, Map.of(), step -> {
            List<Tensor> inputs = List.of(step.get("query"), step.get(keys), step.get(values), presence(step, true));
            List<Tensor> both = Fusions.attention(step, 2, true, inputs);
            return Map.of("output", both.get(0), "weights_per_head", both.get(1));
        });
    }

    @ParameterizedTest
    @CsvSource({"pixelrec_cross_modal_tokens, 3, 4", "pixelrec_cross_modal_pooled, 1, 1"})
    void attention_withoutOutputProjection_isPixelRecsCrossModalAttention(String scenario, int queries, int keys) {
        input("vision", scenario, "vision");
        input("text", scenario, "text");
        for (String part : List.of("query", "key", "value")) {
            String published = scenario + "/param/" + part + "_projection.";
            linear("attention." + part, published + "weight", published + "bias");
        }
        check(scenario, Map.of(), step -> {
            Tensor text = step.get("text").reshape(-1, keys, DIM);
            Tensor vision = step.get("vision").reshape(-1, queries, DIM);
            Tensor all = step.input(new float[5 * keys], 5, keys).add(1);
            return Map.of(
                    "output",
                    Fusions.attention(step, 1, false, List.of(vision, text, text, all))
                            .get(0));
        });
    }

    private void encoderLayer(String owner, int dim, String attention) {
        attention(attention, owner + "self_attn.", dim);
        linear("layer.feed_forward.1", owner + "linear1.weight", owner + "linear1.bias");
        linear("layer.feed_forward.2", owner + "linear2.weight", owner + "linear2.bias");
        norm("layer.norm1", owner + "norm1");
        norm("layer.norm2", owner + "norm2");
    }

    private void checkLayer(String scenario, String attention, Function<TorchStep, Tensor> layer) {
        input("tokens", scenario, "tokens");
        encoderLayer(scenario + "/param/", DIM, attention);
        check(scenario, Map.of(), step -> Map.of("output", layer.apply(step)));
    }

    @Test
    void fusionBlock_placesAmongThemselves_isPyTorchsEncoderLayer() {
        checkLayer(
                "encoder_layer_postnorm_relu_h2_masked",
                "attention",
                step -> Fusions.encoderLayer(step, DIM, 12, step.get("tokens"), presence(step, true)));
    }

    @Test
    void preNormBlock_placesAmongThemselves_isPyTorchsEncoderLayerWithNormFirst() {
        checkLayer(
                "encoder_layer_prenorm_gelu_h2_masked",
                "layer.attention",
                step -> Fusions.preNormBlock(step, DIM, step.get("tokens"), presence(step, true)));
    }

    private List<Tensor> modalities(TorchStep step) {
        return List.of(step.get("m0"), step.get("m1"), step.get("m2"), step.get("m3"));
    }

    private void modalities(String scenario) {
        for (int i = 0; i < 4; i++) {
            input("m" + i, scenario, "m" + i);
        }
    }

    @Test
    void selfAttention_allThere_isPixelRecsAttentionFusion() {
        String scenario = "pixelrec_attention_fusion_h2";
        modalities(scenario);
        attention("fusion.attention", scenario + "/param/attention.", DIM);
        norm("fusion.norm", scenario + "/param/norm");
        ItemTowerOptions options = ItemTowerOptions.of(Fusion.SELF_ATTENTION).withHeads(2);
        check(
                scenario,
                Map.of("fusion.kinds", new float[4 * DIM]),
                step -> Map.of(
                        "output",
                        Fusions.join(step, options, DIM, modalities(step), presence(step, false))
                                .rows()));
    }

    @Test
    void modalityGate_allThere_isPixelRecsGatedFusion() {
        String scenario = "pixelrec_gated_fusion";
        modalities(scenario);
        String weight = scenario + "/param/gating_network.0.weight";
        for (int i = 0; i < 4; i++) {
            int from = i * DIM * 4;
            parameter(
                    "fusion.gate." + i + ".weight",
                    weight,
                    values -> Arrays.copyOfRange(columns(values, 4 * DIM, 0, 4), from, from + DIM * 4),
                    DIM,
                    4);
        }
        vector("fusion.gate.bias", scenario + "/param/gating_network.0.bias", 0, 4);
        ItemTowerOptions options = ItemTowerOptions.of(Fusion.MODALITY_GATE);
        check(scenario, Map.of(), step -> {
            ItemTower.Fused fused = Fusions.join(step, options, DIM, modalities(step), presence(step, false));
            return Map.of("output", fused.rows(), "gate_weights", fused.shares());
        });
    }

    @Test
    void idGate_thenOneEncoderLayer_isTheGenerativeRecommendersTower() {
        String scenario = "generative_gate";
        input("m", scenario, "multimodal_embeds");
        String owner = scenario + "/param/";
        linear("fusion.gate.1", owner + "fusion_gate.0.weight", owner + "fusion_gate.0.bias");
        linear("fusion.gate.2", owner + "fusion_gate.2.weight", owner + "fusion_gate.2.bias");
        norm("norm", owner + "fusion_layernorm");
        parameter("ids", owner + "item_id_embedding.weight", UnaryOperator.identity(), 10, 16);
        encoderLayer(owner + "transformer_encoder.layers.0.", 16, "attention");
        long[] items = fixture.longs(scenario + "/item_index");
        check(scenario, Map.of(), step -> {
            Tensor ids = step.get("ids").gather(step.indices(items, items.length));
            Tensor contents = step.get("m").reshape(-1, 16);
            Tensor both =
                    step.input(new float[2 * items.length], items.length, 2).add(1);
            Tensor fused = Fusions.join(step, ItemTowerOptions.of(Fusion.ID_GATE), 16, List.of(contents, ids), both)
                    .rows()
                    .reshape(3, 4, 16);
            Tensor placed = Fusions.norm(step, fused).add(step.input(waves(), 4, 16));
            float[] there = new float[items.length];
            for (int i = 0; i < there.length; i++) {
                there[i] = items[i] == 9 ? 0 : 1;
            }
            Tensor all = Fusions.encoderLayer(step, 16, 24, placed, step.input(there, 3, 4));
            Tensor last = all.slice(1, -1, Long.MAX_VALUE).reshape(3, 16);
            return Map.of("fused", fused, "fused_norm_pos", placed, "output", last);
        });
    }

    /** Sinusoidal positions: sine in even columns, cosine in odd ones. */
    private static float[] waves() {
        float[] waves = new float[4 * 16];
        for (int position = 0; position < 4; position++) {
            for (int column = 0; column < 16; column++) {
                double angle = position / Math.pow(10000, (column / 2 * 2) / 16.0);
                waves[position * 16 + column] = (float) (column % 2 == 0 ? Math.sin(angle) : Math.cos(angle));
            }
        }
        return waves;
    }
}
