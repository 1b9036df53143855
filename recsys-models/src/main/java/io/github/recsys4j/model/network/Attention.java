package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;

/**
 * Scaled dot-product attention with several heads (Vaswani et al. 2017) between any queries, keys and values, with
 * or without an output projection. Immutable and safe for many threads.
 */
final class Attention {
    static final double MASKED = -1e9;

    private final String name;
    private final int dim;
    private final int heads;
    private final boolean outputProjection;

    Attention(String name, int dim, int heads, boolean outputProjection) {
        checkArgument(dim % heads == 0, "heads must divide dim %s, given %s", dim, heads);
        this.name = name;
        this.dim = dim;
        this.heads = heads;
        this.outputProjection = outputProjection;
    }

    /**
     * What is attended to: keys and values {@code [batch, places, any]}, and 0 or {@link #MASKED} for each,
     * {@code [batch, 1, 1, places]}.
     */
    record Memory(Tensor keys, Tensor values, Tensor bias) {}

    /** The result {@code [batch, queries, dim]}, and the weights {@code [batch, heads, queries, places]}. */
    record Attended(Tensor output, Tensor shares) {}

    /** 0 where the presence {@code [batch, places]} is 1, {@link #MASKED} where it is 0. */
    static Tensor bias(Tensor presence) {
        return presence.add(-1).mul(-MASKED).reshape(0, 1, 1, -1);
    }

    List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>();
        for (String projection : List.of("query", "key", "value")) {
            specs.addAll(Layers.linearParameters(name + "." + projection, dim, dim, true));
        }
        if (outputProjection) {
            specs.addAll(Layers.linearParameters(name + ".output", dim, dim, true));
        }
        return specs;
    }

    Attended apply(Weights weights, Tensor queries, Memory memory, double dropout) {
        int width = dim / heads;
        Tensor query =
                split(weights, "query", queries).mul(1 / Math.sqrt(width)).transpose(0, 2, 1, 3);
        Tensor key = split(weights, "key", memory.keys()).transpose(0, 2, 3, 1);
        Tensor value = split(weights, "value", memory.values()).transpose(0, 2, 1, 3);
        Tensor shares = query.matMul(key).add(memory.bias()).softmax(-1);
        Tensor joined =
                shares.dropout(dropout).matMul(value).transpose(0, 2, 1, 3).reshape(0, 0, dim);
        Tensor output = outputProjection ? Layers.linear(weights, name + ".output", joined) : joined;
        return new Attended(output.named(name), shares);
    }

    private Tensor split(Weights weights, String projection, Tensor x) {
        return Layers.linear(weights, name + "." + projection, x).reshape(0, 0, heads, dim / heads);
    }
}
