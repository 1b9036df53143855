package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;

/**
 * A parameter that a network declares.
 *
 * @param name unique within the network, such as {@code block.0.attention.query.weight}
 * @param shape the sizes, at least one
 * @param initializer how it begins
 */
public record ParameterSpec(String name, List<Integer> shape, Initializer initializer) {

    /**
     * Checks the shape.
     *
     * @param name not blank
     * @param shape positive sizes
     * @param initializer how it begins
     */
    public ParameterSpec {
        checkArgument(!name.isBlank(), "name of a parameter must not be blank");
        shape = List.copyOf(shape);
        checkArgument(
                !shape.isEmpty() && shape.stream().allMatch(size -> size > 0),
                "shape of parameter %s must have positive sizes, given %s",
                name,
                shape);
    }

    /**
     * {@return the number of elements}
     *
     * @throws ArithmeticException if it does not fit an int
     */
    public int size() {
        return shape.stream().reduce(1, Math::multiplyExact);
    }
}
