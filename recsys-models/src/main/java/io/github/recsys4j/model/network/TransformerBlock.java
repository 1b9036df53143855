package io.github.recsys4j.model.network;

import java.util.ArrayList;
import java.util.List;

/**
 * One block of a {@link TransformerTower}: attention and a feed-forward layer in the order of its {@link BlockType}.
 * Queries may be fewer places than keys, which is how the last block serves one user vector.
 */
final class TransformerBlock {
    private final String name;
    private final TowerOptions options;

    TransformerBlock(String name, TowerOptions options) {
        this.name = name;
        this.options = options;
    }

    String name() {
        return name;
    }

    List<ParameterSpec> parameters() {
        int dim = options.dim();
        List<ParameterSpec> specs = new ArrayList<>(Layers.normParameters(name + ".norm1", dim));
        for (String projection : List.of("query", "key", "value")) {
            specs.addAll(Layers.linearParameters(name + ".attention." + projection, dim, dim, true));
        }
        if (options.outputProjection()) {
            specs.addAll(Layers.linearParameters(name + ".attention.output", dim, dim, true));
        }
        specs.addAll(Layers.normParameters(name + ".norm2", dim));
        specs.addAll(feedForwardParameters(options.feedForward()));
        if (options.block() == BlockType.LIGR) {
            specs.addAll(Layers.linearParameters(name + ".gate1", dim, dim, true));
            specs.addAll(Layers.linearParameters(name + ".gate2", dim, dim, true));
        }
        return specs;
    }

    private List<ParameterSpec> feedForwardParameters(TowerOptions.FeedForward settings) {
        int dim = options.dim();
        int width = dim * settings.factor();
        List<ParameterSpec> specs =
                new ArrayList<>(Layers.linearParameters(name + ".feed_forward.1", dim, width, settings.bias()));
        specs.addAll(Layers.linearParameters(name + ".feed_forward.2", width, dim, settings.bias()));
        if (settings.activation() == Activation.SWIGLU) {
            specs.addAll(Layers.linearParameters(name + ".feed_forward.3", dim, width, settings.bias()));
        }
        return specs;
    }

    /** Queries [batch, places, dim], items [batch, length, dim], bias [batch, 1, places, length] to [batch, places, dim]. */
    Tensor apply(Weights weights, Tensor queries, Tensor items, Tensor bias) {
        return switch (options.block()) {
            case SASREC -> sasRec(weights, queries, items, bias);
            case PRE_NORM -> preNorm(weights, queries, items, bias);
            case LIGR -> ligr(weights, queries, items, bias);
        };
    }

    private Tensor sasRec(Weights weights, Tensor queries, Tensor items, Tensor bias) {
        Tensor normed = norm(weights, "norm1", queries);
        Tensor attended = normed.add(attention(weights, normed, items, bias));
        Tensor x = norm(weights, "norm2", attended);
        return x.add(feedForward(weights, x));
    }

    private Tensor preNorm(Weights weights, Tensor queries, Tensor items, Tensor bias) {
        Tensor x = queries.add(normedAttention(weights, queries, items, bias));
        return x.add(feedForward(weights, norm(weights, "norm2", x)));
    }

    private Tensor ligr(Weights weights, Tensor queries, Tensor items, Tensor bias) {
        Tensor attended = normedAttention(weights, queries, items, bias).dropout(options.dropout());
        Tensor x = queries.add(gate(weights, "gate1", queries).mul(attended));
        Tensor fed = feedForward(weights, norm(weights, "norm2", x));
        return x.add(gate(weights, "gate2", x).mul(fed));
    }

    private Tensor gate(Weights weights, String gate, Tensor x) {
        return Layers.linear(weights, name + "." + gate, x).sigmoid();
    }

    private Tensor normedAttention(Weights weights, Tensor queries, Tensor items, Tensor bias) {
        Tensor normed = norm(weights, "norm1", items);
        Tensor normedQueries = queries.equals(items) ? normed : norm(weights, "norm1", queries);
        return attention(weights, normedQueries, normed, bias);
    }

    private Tensor norm(Weights weights, String norm, Tensor x) {
        return Layers.norm(weights, name + "." + norm, x, options.normEpsilon());
    }

    private Tensor attention(Weights weights, Tensor queries, Tensor items, Tensor bias) {
        int width = options.dim() / options.heads();
        Tensor query =
                heads(weights, "query", queries).mul(1 / Math.sqrt(width)).transpose(0, 2, 1, 3);
        Tensor key = heads(weights, "key", items).transpose(0, 2, 3, 1);
        Tensor value = heads(weights, "value", items).transpose(0, 2, 1, 3);
        Tensor shares = query.matMul(key).add(bias).softmax(-1).named(name + "/attention");
        Tensor mixed = shares.dropout(options.dropout()).matMul(value).transpose(0, 2, 1, 3);
        Tensor joined = mixed.reshape(0, 0, options.dim());
        return options.outputProjection() ? Layers.linear(weights, name + ".attention.output", joined) : joined;
    }

    private Tensor heads(Weights weights, String projection, Tensor x) {
        Tensor projected = Layers.linear(weights, name + ".attention." + projection, x);
        return projected.reshape(0, 0, options.heads(), options.dim() / options.heads());
    }

    private Tensor feedForward(Weights weights, Tensor x) {
        Tensor inner = switch (options.feedForward().activation()) {
            case RELU -> expand(weights, "1", x).relu();
            case GELU -> expand(weights, "1", x).gelu();
            case SWIGLU -> expand(weights, "1", x).silu().mul(expand(weights, "3", x));
        };
        Tensor dropped = inner.dropout(options.dropout());
        return expand(weights, "2", dropped).dropout(options.dropout());
    }

    private Tensor expand(Weights weights, String matrix, Tensor x) {
        String layer = name + ".feed_forward." + matrix;
        return options.feedForward().bias()
                ? Layers.linear(weights, layer, x)
                : x.matMul(weights.get(layer + ".weight"));
    }
}
