package io.github.recsys4j.model.network;

import java.util.List;

/** Hands layers that are no one's business to tests of other packages. */
public final class Fusions {
    private Fusions() {}

    /** Queries, keys and values through attention with the parameters {@code attention.*}: output, then weights. */
    public static List<Tensor> attention(Weights weights, int heads, boolean output, List<Tensor> inputs) {
        Tensor queries = inputs.get(0);
        Attention attention = new Attention("attention", 8, heads, output);
        Attention.Memory memory = new Attention.Memory(inputs.get(1), inputs.get(2), Attention.bias(inputs.get(3)));
        Attention.Attended attended = attention.apply(weights, queries, memory, 0);
        return List.of(attended.output(), attended.shares());
    }

    /** Places that attend to each other, with the parameters {@code layer.*} and {@code attention.*}. */
    public static Tensor encoderLayer(Weights weights, int dim, int width, Tensor x, Tensor presence) {
        Attention attention = new Attention("attention", dim, 2, true);
        return new FusionBlock("layer", dim, width, attention, 0)
                .apply(weights, x, new Attention.Memory(x, x, Attention.bias(presence)))
                .output();
    }

    /** The block of sequence towers with the parameters {@code layer.*}, over places that all see each other. */
    public static Tensor preNormBlock(Weights weights, int dim, Tensor x, Tensor presence) {
        TowerOptions.FeedForward feedForward = new TowerOptions.FeedForward(1, Activation.GELU, true);
        TowerOptions options =
                new TowerOptions(BlockType.PRE_NORM, dim, 1, 2, 4, 0, feedForward, false, true, false, 1e-5, 1e-5);
        return new TransformerBlock("layer", options).apply(weights, x, x, Attention.bias(presence));
    }

    /** Parts, the last one being the id, through a fusion with the parameters {@code fusion.*}. */
    public static ItemTower.Fused join(
            Weights weights, ItemTowerOptions options, int dim, List<Tensor> parts, Tensor presence) {
        FusionLayer.Size size = new FusionLayer.Size(parts.size() - 1, dim, 1);
        FusionLayer.Joined joined =
                FusionLayer.of("fusion", size, options.withDropout(0)).join(weights, parts, presence);
        return new ItemTower.Fused(joined.rows(), joined.shares(), parts);
    }

    /** Normalisation with the parameters {@code norm.*}. */
    public static Tensor norm(Weights weights, Tensor x) {
        return Layers.norm(weights, "norm", x, 1e-5);
    }
}
