package io.github.recsys4j.model.network;

import java.util.List;

/**
 * Turns a history of item vectors into user vectors. Histories are padded on the left, the most recent item is last;
 * positions count from the most recent item and padded places are never attended to, so that a history gives the
 * same vector at any padded length. Immutable and safe for many threads.
 */
public interface UserTower {

    /** {@return the length of item and user vectors} */
    int dim();

    /** {@return the longest history that the tower can read} */
    int maxLength();

    /** {@return the parameters in a fixed order} */
    List<ParameterSpec> parameters();

    /** {@return how tables of item vectors for this tower begin} */
    Initializer itemInitializer();

    /**
     * Computes a vector after each item of the histories, for training at all positions at once.
     *
     * @param weights where the parameters are
     * @param inputs item vectors, {@code [batch, length, dim]}; what stands at padded places does not matter as long
     *     as it is finite
     * @param mask {@code [batch, length]}, 1 for an item and 0 for padding
     * @return {@code [batch, length, dim]}; padded places hold finite numbers without meaning
     */
    Tensor hidden(Weights weights, Tensor inputs, Tensor mask);

    /**
     * Computes the vector after the last item only.
     *
     * @param weights where the parameters are
     * @param inputs as in {@link #hidden}
     * @param mask as in {@link #hidden}
     * @return {@code [batch, dim]}
     */
    Tensor userVector(Weights weights, Tensor inputs, Tensor mask);
}
