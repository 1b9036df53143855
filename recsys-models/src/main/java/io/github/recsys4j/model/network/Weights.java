package io.github.recsys4j.model.network;

/**
 * Where a network finds its parameters and constants while it is computed or recorded. Not thread-safe.
 */
public interface Weights {

    /**
     * {@return a parameter}
     *
     * @param name as in its {@link ParameterSpec}
     * @throws IllegalArgumentException if there is no parameter of this name
     */
    Tensor get(String name);

    /**
     * {@return a constant of the network, which is not trained}
     *
     * @param name readable, unique for these values within a network
     * @param values row-major
     * @param shape the sizes; their product is the number of values
     */
    Tensor constant(String name, float[] values, long... shape);
}
