package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkState;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Inverts the Gram matrix in double precision by Cholesky (LAPACK {@code dpotrf}, {@code dpotri} of the OpenBLAS
 * that ND4J brings; ND4J's own inverse is a QR in plain Java).
 */
final class EaseWeights {
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
        double[] row = new double[size];
        for (int item = 0; item < size; item++) {
            row(inverse, item, size).get(row, 0, size);
            for (int other = item + 1; other < size; other++) {
                weights[item * size + other] = (float) (-row[other] / diagonal[other]);
                weights[other * size + item] = (float) (-row[other] / diagonal[item]);
            }
        }
        return weights;
    }
}
