package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.SplittableRandom;

/**
 * How a parameter begins.
 *
 * @param kind the distribution
 * @param scale what the kind says
 */
public record Initializer(Kind kind, double scale) {

    /** The distributions. */
    public enum Kind {
        /** Each element is the scale. */
        CONSTANT,
        /** Normal with mean 0; the scale is the standard deviation. */
        NORMAL,
        /** Uniform in (-scale, scale). */
        UNIFORM
    }

    /**
     * Checks the scale.
     *
     * @param kind the distribution
     * @param scale finite; not negative unless the kind is constant
     */
    public Initializer {
        checkArgument(
                Double.isFinite(scale) && (scale >= 0 || kind == Kind.CONSTANT),
                "scale of a %s initializer must be finite and not negative, given %s",
                kind,
                scale);
    }

    /**
     * {@return the same number everywhere}
     *
     * @param value the number
     */
    public static Initializer constant(double value) {
        return new Initializer(Kind.CONSTANT, value);
    }

    /**
     * {@return a normal distribution around 0}
     *
     * @param deviation the standard deviation
     */
    public static Initializer normal(double deviation) {
        return new Initializer(Kind.NORMAL, deviation);
    }

    /**
     * {@return a uniform distribution around 0}
     *
     * @param bound the largest magnitude
     */
    public static Initializer uniform(double bound) {
        return new Initializer(Kind.UNIFORM, bound);
    }

    /**
     * {@return the uniform distribution of a linear layer of PyTorch, weight and bias: bound 1 / sqrt(in)}
     *
     * @param in the layer's inputs, at least 1
     */
    public static Initializer linear(int in) {
        return uniform(1 / Math.sqrt(in));
    }

    /**
     * {@return the uniform distribution of Glorot and Bengio (2010): bound sqrt(6 / (in + out))}
     *
     * @param in the layer's inputs, at least 1
     * @param out the layer's outputs, at least 1
     */
    public static Initializer xavier(int in, int out) {
        return uniform(Math.sqrt(6.0 / (in + out)));
    }

    float[] draw(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) next(random);
        }
        return values;
    }

    private double next(SplittableRandom random) {
        return switch (kind) {
            case CONSTANT -> scale;
            case NORMAL -> scale * random.nextGaussian();
            case UNIFORM -> scale * (2 * random.nextDouble() - 1);
        };
    }
}
