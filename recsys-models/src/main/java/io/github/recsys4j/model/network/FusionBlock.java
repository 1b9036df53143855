package io.github.recsys4j.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Attention to a memory, then a feed-forward layer, each with a residual that is normalised afterwards:
 * {@code y = norm(x + attention(x, memory)); norm(y + W2 relu(W1 y))}. With the queries as memory it is the encoder
 * layer of Vaswani et al. (2017). Immutable and safe for many threads.
 */
final class FusionBlock {
    private static final double EPSILON = 1e-5;

    private final String name;
    private final int dim;
    private final int width;
    private final double dropout;
    private final Attention attention;

    FusionBlock(String name, int dim, int width, Attention attention, double dropout) {
        this.name = name;
        this.dim = dim;
        this.width = width;
        this.dropout = dropout;
        this.attention = attention;
    }

    List<ParameterSpec> parameters(double lastGamma) {
        List<ParameterSpec> specs = new ArrayList<>(attention.parameters());
        specs.addAll(Layers.normParameters(name + ".norm1", dim));
        specs.addAll(Layers.linearParameters(name + ".feed_forward.1", dim, width, true));
        specs.addAll(Layers.linearParameters(name + ".feed_forward.2", width, dim, true));
        specs.addAll(Layers.normParameters(name + ".norm2", dim, lastGamma));
        return specs;
    }

    Attention.Attended apply(Weights weights, Tensor x, Attention.Memory memory) {
        Attention.Attended attended = attention.apply(weights, x, memory, dropout);
        Tensor y = Layers.norm(weights, name + ".norm1", x.add(attended.output().dropout(dropout)), EPSILON);
        Tensor inner =
                Layers.linear(weights, name + ".feed_forward.1", y).relu().dropout(dropout);
        Tensor fed = Layers.linear(weights, name + ".feed_forward.2", inner).dropout(dropout);
        return new Attention.Attended(Layers.norm(weights, name + ".norm2", y.add(fed), EPSILON), attended.shares());
    }
}
