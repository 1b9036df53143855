package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkState;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Counts who has both of two items, which for data as sparse as histories is less work than a dense product, and
 * inverts the Gram matrix in double precision by Cholesky (LAPACK {@code dpotrf}, {@code dpotri} of the OpenBLAS
 * that ND4J brings; ND4J's own inverse is a QR in plain Java).
 */
final class EaseWeights {
    private static final int TILE = 64;

    private EaseWeights() {}

    /** {@return shape [items, items], row-major: what having item i says about item j} */
    static float[] solve(InteractionMatrix matrix, double lambda) {
        int size = matrix.numItems();
        try (DoublePointer gram = new DoublePointer((long) size * size)) {
            IntStream.range(0, size).parallel().forEach(item -> {
                int[] together = matrix.together(item);
                double[] row = new double[size];
                for (int other = 0; other < size; other++) {
                    row[other] = together[other];
                }
                row[item] += lambda;
                row(gram, item, size).put(row, 0, size);
            });
            invert(gram, size);
            return weights(gram, size);
        }
    }

    private static DoublePointer row(DoublePointer matrix, int item, int size) {
        return matrix.getPointer((long) item * size);
    }

    /** Leaves the inverse in the half that LAPACK, by columns, calls the lower: here, right of the diagonal. */
    private static void invert(DoublePointer gram, int size) {
        int factored = openblas.LAPACKE_dpotrf(openblas.LAPACK_COL_MAJOR, (byte) 'L', size, gram, size);
        checkState(factored == 0, "Gram matrix of %s items is not positive definite at row %s", size, factored);
        int inverted = openblas.LAPACKE_dpotri(openblas.LAPACK_COL_MAJOR, (byte) 'L', size, gram, size);
        checkState(inverted == 0, "Gram matrix of %s items is singular at row %s", size, inverted);
    }

    private static float[] weights(DoublePointer inverse, int size) {
        double[] diagonal = new double[size];
        for (int item = 0; item < size; item++) {
            diagonal[item] = inverse.get((long) item * size + item);
        }
        float[] weights = new float[size * size];
        IntStream.range(0, (size + TILE - 1) / TILE)
                .parallel()
                .forEach(tile -> fill(weights, inverse, diagonal, tile * TILE));
        return weights;
    }

    /** Some rows right of the diagonal, and what mirrors them: a few columns at a time, so that both stay in cache. */
    private static void fill(float[] weights, DoublePointer inverse, double[] diagonal, int first) {
        int size = diagonal.length;
        double[] part = new double[TILE];
        for (int left = first; left < size; left += TILE) {
            int right = Math.min(size, left + TILE);
            for (int item = first; item < Math.min(size, first + TILE); item++) {
                inverse.getPointer((long) item * size + left).get(part, 0, right - left);
                for (int other = Math.max(left, item + 1); other < right; other++) {
                    weights[item * size + other] = (float) (-part[other - left] / diagonal[other]);
                    weights[other * size + item] = (float) (-part[other - left] / diagonal[item]);
                }
            }
        }
    }
}
