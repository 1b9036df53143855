package io.github.recsys4j.model.network;

import java.util.List;

/**
 * A dense array of floats (or, for indices, of 64-bit integers) in a computation that two interpreters understand:
 * the training backend computes each call at once, with gradients; the export recorder writes it down as an ONNX node.
 *
 * <p>The number of axes is known while a network is built, the sizes are not: no network may depend on a batch size
 * or a length as a Java number. An axis may be given from the end (-1 is the last). Operations on two tensors
 * broadcast as NumPy and ONNX do. An operation never changes its operands.
 *
 * <p>Not thread-safe: a computation belongs to the thread that began it.
 */
public interface Tensor {

    /** {@return the number of axes} */
    int rank();

    /**
     * {@return this + other, broadcast}
     *
     * @param other the other term
     */
    Tensor add(Tensor other);

    /**
     * {@return this - other, broadcast}
     *
     * @param other what is taken away
     */
    Tensor sub(Tensor other);

    /**
     * {@return this * other element by element, broadcast}
     *
     * @param other the other factor
     */
    Tensor mul(Tensor other);

    /**
     * {@return this / other element by element, broadcast}
     *
     * @param other the divisor
     */
    Tensor div(Tensor other);

    /**
     * {@return this + value}
     *
     * @param value added to each element
     */
    Tensor add(double value);

    /**
     * {@return this * value}
     *
     * @param value the factor of each element
     */
    Tensor mul(double value);

    /**
     * {@return the matrix product over the last two axes; leading axes are batches and broadcast}
     *
     * @param other at least two axes
     */
    Tensor matMul(Tensor other);

    /**
     * {@return this * weight + bias over the last axis}
     *
     * @param weight {@code [in, out]}
     * @param bias {@code [out]}
     */
    Tensor linear(Tensor weight, Tensor bias);

    /**
     * Takes rows of a table.
     *
     * @param indices 64-bit integers of any shape, each in {@code [0, rows)}
     * @return the shape of the indices followed by this tensor's shape without its first axis
     */
    Tensor gather(Tensor indices);

    /**
     * {@return the exponentials divided by their sum along an axis}
     *
     * @param axis where the result sums to 1
     */
    Tensor softmax(int axis);

    /**
     * Normalises the last axis to mean 0 and variance 1 (population variance), then scales and shifts it.
     *
     * @param gamma the scale, as long as the last axis
     * @param beta the shift, as long as the last axis
     * @param epsilon added to the variance, &gt; 0
     * @return the same shape
     */
    Tensor layerNorm(Tensor gamma, Tensor beta, double epsilon);

    /** {@return max(0, x)} */
    Tensor relu();

    /** {@return x * Phi(x), with the exact normal distribution function (erf), not its tanh approximation} */
    Tensor gelu();

    /** {@return x * sigmoid(x)} */
    Tensor silu();

    /** {@return 1 / (1 + exp(-x))} */
    Tensor sigmoid();

    /** {@return the hyperbolic tangent} */
    Tensor tanh();

    /**
     * {@return this tensor followed by others along an axis}
     *
     * @param axis the axis that grows
     * @param others what follows; all other sizes are equal
     */
    Tensor concat(int axis, List<Tensor> others);

    /**
     * {@return the part from start, inclusive, to end, exclusive}
     *
     * @param axis the axis that is cut
     * @param start the first index; negative counts from the end
     * @param end behind the last index; negative counts from the end, {@link Long#MAX_VALUE} is the end
     */
    Tensor slice(int axis, long start, long end);

    /**
     * Takes as many of the last elements along an axis as another tensor is long. With this a table of positions
     * fits any length, and position counts from the most recent item.
     *
     * @param axis the axis that is cut; at least as long as the result
     * @param sized the tensor whose size decides
     * @param sizedAxis the axis of {@code sized} whose size decides
     * @return the last elements
     */
    Tensor last(int axis, Tensor sized, int sizedAxis);

    /**
     * {@return the same elements in another shape}
     *
     * @param shape the new sizes; 0 keeps this tensor's size at the same axis, one -1 is inferred
     */
    Tensor reshape(long... shape);

    /**
     * {@return the axes in another order}
     *
     * @param order for each axis of the result, the axis of this tensor; a permutation, no negative numbers
     */
    Tensor transpose(int... order);

    /**
     * {@return this tensor where the condition is not 0, the other elsewhere; all three broadcast}
     *
     * @param condition floats, 0 or 1
     * @param other taken where the condition is 0
     */
    Tensor where(Tensor condition, Tensor other);

    /**
     * {@return the sum along an axis, which stays with size 1}
     *
     * @param axis the axis that is summed
     */
    Tensor sum(int axis);

    /**
     * {@return the mean along an axis, which stays with size 1}
     *
     * @param axis the axis that is averaged
     */
    Tensor mean(int axis);

    /**
     * {@return this tensor divided by its Euclidean length along the last axis; a length below 1e-12 counts as 1e-12}
     */
    Tensor l2Normalize();

    /**
     * Drops elements at random while training and multiplies the rest by 1 / (1 - p); the identity otherwise.
     *
     * @param probability of an element being dropped, in {@code [0, 1)}
     * @return the same shape
     */
    Tensor dropout(double probability);

    /**
     * {@return this tensor; a recorder remembers the name for readable nodes}
     *
     * @param name a path such as {@code block.0/attention}
     */
    Tensor named(String name);
}
