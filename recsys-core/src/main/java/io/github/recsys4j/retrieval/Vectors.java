package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

/** Checks of row-major matrices that come from outside, for those who write an {@link ItemIndex}. */
public final class Vectors {
    private Vectors() {}

    /**
     * Counts the rows of a matrix after making sure that its length and its values are sound.
     *
     * @param name what errors call it
     * @param matrix row-major
     * @param dim floats in a row
     * @return the number of rows
     * @throws IllegalArgumentException if {@code dim} is below 1, the last row is not whole, or a value is not finite
     */
    public static int checkedRows(String name, float[] matrix, int dim) {
        checkArgument(dim >= 1, "dim must be at least 1, got %s", dim);
        checkArgument(
                matrix.length % dim == 0,
                "%s must hold whole rows of dim = %s floats, got %s floats",
                name,
                dim,
                matrix.length);
        if (!isFinite(matrix)) {
            throw new IllegalArgumentException(nonFinite(name, matrix, dim));
        }
        return matrix.length / dim;
    }

    /** A sum of {@code 0 * x} is NaN exactly when some x is not finite; there is no branch in the loop. */
    private static boolean isFinite(float[] matrix) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (; i + 3 < matrix.length; i += 4) {
            a += 0f * matrix[i];
            b += 0f * matrix[i + 1];
            c += 0f * matrix[i + 2];
            d += 0f * matrix[i + 3];
        }
        for (; i < matrix.length; i++) {
            a += 0f * matrix[i];
        }
        return !Float.isNaN(a + b + c + d);
    }

    private static String nonFinite(String name, float[] matrix, int dim) {
        int i = 0;
        while (Float.isFinite(matrix[i])) {
            i++;
        }
        return "%s must be finite, got %s in row %d, column %d: check the model that produced them"
                .formatted(name, matrix[i], i / dim, i % dim);
    }
}
