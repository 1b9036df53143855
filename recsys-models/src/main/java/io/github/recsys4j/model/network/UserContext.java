package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;

/**
 * Lets what is known of a user beside the history, such as gender and country, into the user vector:
 * {@code u + W2 relu(norm(W1 [u; context]))}. The residual leaves a user of whom nothing is known close to what the
 * history says. Immutable and safe for many threads.
 */
public final class UserContext {
    private static final String NAME = "user_context";
    private static final double EPSILON = 1e-5;

    private final int dim;
    private final int width;

    /**
     * Builds the layer.
     *
     * @param dim the length of user vectors
     * @param width the length of a context, at least 1
     */
    UserContext(int dim, int width) {
        checkArgument(width >= 1, "width of a user's context must be at least 1, given %s", width);
        this.dim = dim;
        this.width = width;
    }

    /** {@return the length of a context} */
    public int width() {
        return width;
    }

    List<ParameterSpec> parameters() {
        List<ParameterSpec> specs = new ArrayList<>(Layers.linearParameters(NAME + ".history", dim, dim, true));
        specs.addAll(Layers.linearParameters(NAME + ".facts", width, dim, false));
        specs.addAll(Layers.normParameters(NAME + ".norm", dim));
        specs.addAll(Layers.linearParameters(NAME + ".output", dim, dim, true));
        return specs;
    }

    /** Users {@code [n, dim]} and contexts {@code [n, width]} to users. */
    Tensor apply(Weights weights, Tensor users, Tensor contexts) {
        Tensor facts = contexts.matMul(weights.get(NAME + ".facts.weight"));
        Tensor joined = Layers.linear(weights, NAME + ".history", users).add(facts);
        Tensor hidden = Layers.norm(weights, NAME + ".norm", joined, EPSILON).relu();
        return users.add(Layers.linear(weights, NAME + ".output", hidden)).named(NAME);
    }
}
