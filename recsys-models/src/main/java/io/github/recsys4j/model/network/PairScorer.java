package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;

/**
 * Scores pairs of a user and an item by a small network instead of their inner product alone:
 * {@code u.v + W3 relu(W2 relu(norm(W1 [u; v; u*v])))}. It sees what vectors cannot say, and costs a pass for every
 * pair. Normalisation of layers stands where the system it replaces has that of batches: it needs no running statistics
 * and gives a pair the same score in any company. Immutable and safe for many threads.
 */
public final class PairScorer {
    private static final String NAME = "ranker";
    private static final double EPSILON = 1e-5;

    private final int dim;
    private final Options options;

    PairScorer(int dim, Options options) {
        this.dim = dim;
        this.options = options;
    }

    /**
     * The shape of a scorer.
     *
     * @param hidden the width of the first hidden layer; the second has half of it
     * @param dropout after each hidden layer while training
     */
    public record Options(int hidden, double dropout) {

        /**
         * Checks the ranges.
         *
         * @param hidden at least 2
         * @param dropout in [0, 1)
         */
        public Options {
            checkArgument(hidden >= 2, "hidden must be at least 2, given %s", hidden);
            checkArgument(dropout >= 0 && dropout < 1, "dropout must be in [0, 1), given %s", dropout);
        }
    }

    List<ParameterSpec> parameters() {
        int hidden = options.hidden();
        List<ParameterSpec> specs = new ArrayList<>();
        for (String input : List.of("user", "item", "product")) {
            specs.addAll(Layers.linearParameters(NAME + "." + input, dim, hidden, false));
        }
        specs.addAll(Layers.normParameters(NAME + ".norm", hidden));
        specs.addAll(Layers.linearParameters(NAME + ".hidden", hidden, hidden / 2, true));
        specs.addAll(Layers.linearParameters(NAME + ".output", hidden / 2, 1, true));
        return specs;
    }

    /**
     * Scores pairs.
     *
     * @param weights where the parameters are
     * @param users {@code [.., dim]}
     * @param items {@code [.., dim]}; the leading axes broadcast
     * @return {@code [.., 1]}
     */
    public Tensor scores(Weights weights, Tensor users, Tensor items) {
        Tensor product = users.mul(items);
        Tensor joined = product.matMul(weights.get(NAME + ".product.weight"))
                .add(users.matMul(weights.get(NAME + ".user.weight")))
                .add(items.matMul(weights.get(NAME + ".item.weight")));
        Tensor first =
                Layers.norm(weights, NAME + ".norm", joined, EPSILON).relu().dropout(options.dropout());
        Tensor second = Layers.linear(weights, NAME + ".hidden", first).relu().dropout(options.dropout());
        return Layers.linear(weights, NAME + ".output", second).add(product.sum(-1));
    }
}
