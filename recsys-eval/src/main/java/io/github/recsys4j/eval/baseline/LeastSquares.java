package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.retrieval.BlasThreads;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * One half of alternating least squares: with the vectors {@code Y} of one side fixed, the vector of somebody on the
 * other side who has {@code r_i} times {@code i} is
 * {@code x = (Y'Y + regularization I + sum of alpha r_i y_i y_i')^-1 (sum of (1 + alpha r_i) y_i)}.
 *
 * <p>The vectors that somebody has are copied side by side, so that the sum of outer products is one matrix product
 * (BLAS {@code ssyrk}), and the system is solved by Cholesky (LAPACK {@code sposv}). Each row is solved by one thread,
 * so the number of threads changes nothing.
 *
 * <p>Thread-safety: safe for many threads.
 */
final class LeastSquares {
    private static final int ROW_MAJOR = openblas.CblasRowMajor;
    private static final int UPPER = openblas.CblasUpper;

    /** Rows that are solved by one task, and vectors that are multiplied at once. */
    private static final int TASK = 32;

    private static final int PANEL = 512;

    private final float[] fixed;
    private final int dim;
    private final float alpha;
    private final float[] gram;

    /**
     * Prepares the part that everybody shares.
     *
     * @param fixed shape {@code [others, dim]}
     */
    LeastSquares(float[] fixed, int dim, double alpha, double regularization) {
        this.fixed = fixed;
        this.dim = dim;
        this.alpha = (float) alpha;
        gram = new float[dim * dim];
        int[] all = IntStream.range(0, fixed.length / dim).toArray();
        BlasThreads.onCallers(() -> {
            try (Workspace workspace = new Workspace()) {
                workspace.begin(gram);
                workspace.addProducts(all, 1);
                workspace.system.get(gram);
            }
        });
        for (int d = 0; d < dim; d++) {
            gram[d * dim + d] += (float) regularization;
        }
    }

    /**
     * Solves for many at once.
     *
     * @param rows what each has: ascending, repetitions side by side
     * @return shape {@code [rows, dim]}; zeros for who has nothing
     */
    float[] solve(int[][] rows) {
        float[] solved = new float[rows.length * dim];
        int tasks = (rows.length + TASK - 1) / TASK;
        BlasThreads.onCallers(
                () -> IntStream.range(0, tasks).parallel().forEach(task -> solve(rows, task * TASK, solved)));
        return solved;
    }

    private void solve(int[][] rows, int first, float[] solved) {
        try (Workspace workspace = new Workspace()) {
            for (int row = first; row < Math.min(rows.length, first + TASK); row++) {
                if (rows[row].length > 0) {
                    workspace.begin(gram);
                    workspace.addProducts(rows[row], alpha);
                    workspace.solve(right(rows[row]), row, solved);
                }
            }
        }
    }

    private float[] right(int[] row) {
        float[] right = new float[dim];
        for (int i = 0; i < row.length; i++) {
            float weight = i > 0 && row[i] == row[i - 1] ? alpha : 1 + alpha;
            int start = row[i] * dim;
            for (int d = 0; d < dim; d++) {
                right[d] += weight * fixed[start + d];
            }
        }
        return right;
    }

    /** One thread's native memory. */
    private final class Workspace implements AutoCloseable {
        private final FloatPointer panel = new FloatPointer((long) PANEL * dim);
        private final FloatBuffer panelRows = panel.asBuffer();
        private final FloatPointer system = new FloatPointer((long) dim * dim);
        private final FloatPointer vector = new FloatPointer(dim);

        private void begin(float[] start) {
            system.put(start);
        }

        private void addProducts(int[] row, float weight) {
            for (int from = 0; from < row.length; from += PANEL) {
                int count = Math.min(PANEL, row.length - from);
                for (int i = 0; i < count; i++) {
                    panelRows.put(i * dim, fixed, row[from + i] * dim, dim);
                }
                openblas.cblas_ssyrk(
                        ROW_MAJOR, UPPER, openblas.CblasTrans, dim, count, weight, panel, dim, 1, system, dim);
            }
        }

        /** LAPACK reads by columns, where the upper half is called the lower. */
        private void solve(float[] right, int row, float[] solved) {
            vector.put(right);
            int failed =
                    openblas.LAPACKE_sposv(openblas.LAPACK_COL_MAJOR, (byte) 'L', dim, 1, system, dim, vector, dim);
            checkState(
                    failed == 0,
                    "normal equations of row %s are not positive definite at %s: raise the regularization",
                    row,
                    failed);
            vector.get(solved, row * dim, dim);
        }

        @Override
        public void close() {
            panel.close();
            system.close();
            vector.close();
        }
    }
}
