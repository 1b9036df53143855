package io.github.recsys4j.model.network;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import java.nio.FloatBuffer;
import java.util.Locale;
import java.util.function.IntPredicate;

/**
 * One kind of content as a network reads it: vectors of one width, moved and scaled so that they lie around 0 with a
 * mean squared length of 1. One number scales all columns, so that angles between items stay as the encoder made them
 * and a rare category is not blown up. A projection that begins like a table of ids then gives rows that begin and
 * learn like those of a table. Immutable and safe for many threads.
 */
public final class ContentInput {
    private final Modality modality;
    private final float[] centre;
    private final double scale;

    private ContentInput(Modality modality, float[] centre, double scale) {
        this.modality = modality;
        this.centre = centre;
        this.scale = scale;
    }

    /**
     * Describes vectors that are read as they are.
     *
     * @param modality what they are made from
     * @param dim their width, at least 1
     * @return the input
     */
    public static ContentInput of(Modality modality, int dim) {
        checkArgument(dim >= 1, "dim of %s must be at least 1, given %s", modality, dim);
        return new ContentInput(modality, new float[dim], 1);
    }

    /**
     * Measures centre and length over some of the items.
     *
     * @param matrix one vector per item
     * @param measured which items count, those that training knows; where none of them has a vector, all count
     * @return the input
     */
    public static ContentInput of(FeatureMatrix matrix, IntPredicate measured) {
        int dim = matrix.dim();
        FloatBuffer values = matrix.values();
        double[] sum = new double[dim];
        double squares = 0;
        int count = 0;
        for (int item = 0; item < matrix.rows(); item++) {
            if (matrix.present(item) && measured.test(item)) {
                count++;
                for (int column = 0; column < dim; column++) {
                    double value = values.get(item * dim + column);
                    sum[column] += value;
                    squares += value * value;
                }
            }
        }
        if (count == 0) {
            return matrix.numPresent() == 0 ? of(matrix.modality(), dim) : of(matrix, item -> true);
        }
        return measuredFrom(matrix.modality(), sum, squares / count, count);
    }

    private static ContentInput measuredFrom(Modality modality, double[] sum, double meanSquares, int count) {
        float[] centre = new float[sum.length];
        double ofCentre = 0;
        for (int column = 0; column < sum.length; column++) {
            double mean = sum[column] / count;
            centre[column] = (float) mean;
            ofCentre += mean * mean;
        }
        double spread = meanSquares - ofCentre;
        return new ContentInput(modality, centre, spread > 1e-9 * meanSquares ? 1 / Math.sqrt(spread) : 1);
    }

    /** {@return what the vectors are made from} */
    public Modality modality() {
        return modality;
    }

    /** {@return the width of the vectors} */
    public int dim() {
        return centre.length;
    }

    /** {@return the name of the input in a recorded model: the modality in lower case} */
    public String name() {
        return modality.name().toLowerCase(Locale.ROOT);
    }

    /** Vectors {@code [n, dim]} as they came, moved and scaled. */
    Tensor normalised(Weights weights, String owner, Tensor vectors) {
        Tensor middle = weights.constant(owner + "." + name() + ".centre", centre, 1, centre.length);
        return vectors.sub(middle).mul(scale);
    }

    @Override
    public String toString() {
        return modality + ":" + dim();
    }
}
