package io.github.recsys4j.model.runtime;

import static com.google.common.base.Preconditions.checkArgument;

import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;

/**
 * Numbers with a shape, row-major: what goes into a model and what comes out.
 *
 * <p>Holds the caller's array or buffer, not a copy. A direct buffer in the machine's byte order reaches the model
 * without being copied, so it must not be written to until the run returns.
 *
 * <p>Thread-safety: as safe as the array or buffer inside.
 */
public final class OrtTensor {
    private final Buffer values;
    private final long[] shape;

    private OrtTensor(Buffer values, long[] shape) {
        this.values = values;
        this.shape = shape.clone();
        long expected = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        checkArgument(
                Arrays.stream(shape).allMatch(axis -> axis >= 0) && expected == values.remaining(),
                "values of shape %s must be %s numbers, got %s",
                Arrays.toString(shape),
                expected,
                values.remaining());
    }

    /**
     * Takes 32-bit floats.
     *
     * @param values row-major
     * @param shape one size per axis
     * @return the tensor
     * @throws IllegalArgumentException if the shape does not have as many elements
     */
    public static OrtTensor floats(float[] values, long... shape) {
        return new OrtTensor(FloatBuffer.wrap(values), shape);
    }

    /**
     * Takes the remaining 32-bit floats of a buffer.
     *
     * @param values row-major, from the buffer's position to its limit
     * @param shape one size per axis
     * @return the tensor
     * @throws IllegalArgumentException if the shape does not have as many elements
     */
    public static OrtTensor floats(FloatBuffer values, long... shape) {
        return new OrtTensor(values.slice(), shape);
    }

    /**
     * Takes 64-bit integers.
     *
     * @param values row-major
     * @param shape one size per axis
     * @return the tensor
     * @throws IllegalArgumentException if the shape does not have as many elements
     */
    public static OrtTensor longs(long[] values, long... shape) {
        return new OrtTensor(LongBuffer.wrap(values), shape);
    }

    /**
     * Takes the remaining 64-bit integers of a buffer.
     *
     * @param values row-major, from the buffer's position to its limit
     * @param shape one size per axis
     * @return the tensor
     * @throws IllegalArgumentException if the shape does not have as many elements
     */
    public static OrtTensor longs(LongBuffer values, long... shape) {
        return new OrtTensor(values.slice(), shape);
    }

    /** {@return one size per axis} */
    public long[] shape() {
        return shape.clone();
    }

    /** {@return whether the numbers are 32-bit floats; else they are 64-bit integers} */
    public boolean isFloat() {
        return values instanceof FloatBuffer;
    }

    /**
     * Gives the floats.
     *
     * @return the array inside where there is one of exactly this size, else a copy
     * @throws IllegalStateException if the numbers are integers
     */
    public float[] floats() {
        if (!(values instanceof FloatBuffer floats)) {
            throw new IllegalStateException("the tensor holds 64-bit integers: call longs()");
        }
        if (floats.hasArray() && floats.array().length == floats.remaining()) {
            return floats.array();
        }
        float[] copy = new float[floats.remaining()];
        floats.duplicate().get(copy);
        return copy;
    }

    /**
     * Gives the integers.
     *
     * @return the array inside where there is one of exactly this size, else a copy
     * @throws IllegalStateException if the numbers are floats
     */
    public long[] longs() {
        if (!(values instanceof LongBuffer longs)) {
            throw new IllegalStateException("the tensor holds 32-bit floats: call floats()");
        }
        if (longs.hasArray() && longs.array().length == longs.remaining()) {
            return longs.array();
        }
        long[] copy = new long[longs.remaining()];
        longs.duplicate().get(copy);
        return copy;
    }

    FloatBuffer floatBuffer() {
        return ((FloatBuffer) values).duplicate();
    }

    LongBuffer longBuffer() {
        return ((LongBuffer) values).duplicate();
    }

    @Override
    public String toString() {
        return (isFloat() ? "float32 " : "int64 ") + Arrays.toString(shape);
    }
}
