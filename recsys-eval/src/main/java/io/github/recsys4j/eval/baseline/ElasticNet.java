package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.eval.baseline.SparseRows.Column;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Cyclic coordinate descent for {@code |x_j - X w|^2 / 2 + l1 |w|_1 + l2 |w|_2^2 / 2} with {@code w_j = 0}, on the Gram
 * matrix {@code G = X'X} alone: coordinate {@code i} moves to {@code shrink(G_ij - (G w)_i + G_ii w_i, l1) /
 * (G_ii + l2)}, and a move of {@code delta} adds {@code delta G_i} to {@code G w}, so a coordinate that stays costs
 * nothing.
 *
 * <p>A sweep over all coordinates is followed by sweeps over those that are not 0 until these rest, and so on until a
 * full sweep moves nothing. Where weights must not be negative, coordinates with {@code G_ij <= l1} are left out
 * from the start: since no entry of {@code G} is negative, they are 0 in the solution.
 *
 * @see <a href="https://doi.org/10.18637/jss.v033.i01">Friedman, Hastie and Tibshirani, Regularization Paths for
 *     Generalized Linear Models via Coordinate Descent, 2010</a>
 */
final class ElasticNet {
    private static final int MAX_SWEEPS = 1_000;

    private final float[][] gram;
    private final double l1;
    private final double l2;
    private final boolean nonNegative;
    private final double tolerance;

    /**
     * Takes the matrix as it is, without a copy.
     *
     * @param gram shape {@code [items, items]}, symmetric, not negative
     */
    ElasticNet(float[][] gram, double l1, double l2, boolean nonNegative, double tolerance) {
        this.gram = gram;
        this.l1 = l1;
        this.l2 = l2;
        this.nonNegative = nonNegative;
        this.tolerance = tolerance;
    }

    /** {@return the weights of the other items that explain this one} */
    Column explain(int item) {
        Descent descent = new Descent(item);
        int[] candidates = IntStream.range(0, gram.length)
                .filter(other -> other != item && (nonNegative ? gram[item][other] > l1 : gram[other][other] > 0))
                .toArray();
        int sweeps = 0;
        while (!descent.sweep(candidates) && sweeps < MAX_SWEEPS) {
            int[] active = Arrays.stream(candidates)
                    .filter(other -> descent.weights[other] != 0)
                    .toArray();
            do {
                sweeps++;
            } while (!descent.sweep(active) && sweeps < MAX_SWEEPS);
            descent.refresh(active);
        }
        return descent.column();
    }

    private double shrink(double value) {
        if (value > l1) {
            return value - l1;
        }
        return value < -l1 && !nonNegative ? value + l1 : 0;
    }

    /** The weights of one item on their way. */
    private final class Descent {
        private final float[] target;
        private final float[] weights;
        /** {@code G w}. */
        private final float[] explained;

        private Descent(int item) {
            target = gram[item];
            weights = new float[gram.length];
            explained = new float[gram.length];
        }

        /** {@return whether all coordinates are at rest} */
        private boolean sweep(int[] coordinates) {
            double largestMove = 0;
            double largestWeight = 0;
            for (int i : coordinates) {
                float before = weights[i];
                float norm = gram[i][i];
                float after = (float) (shrink(target[i] - explained[i] + norm * before) / (norm + l2));
                if (after != before) {
                    weights[i] = after;
                    add(after - before, gram[i]);
                    largestMove = Math.max(largestMove, Math.abs(after - before));
                }
                largestWeight = Math.max(largestWeight, Math.abs(after));
            }
            return largestMove <= tolerance * largestWeight;
        }

        /** Computes {@code G w} anew: the rounding of many moves adds up. */
        private void refresh(int[] active) {
            Arrays.fill(explained, 0);
            for (int i : active) {
                add(weights[i], gram[i]);
            }
        }

        private void add(float move, float[] row) {
            for (int k = 0; k < row.length; k++) {
                explained[k] += move * row[k];
            }
        }

        private Column column() {
            int[] rows = IntStream.range(0, weights.length)
                    .filter(other -> weights[other] != 0)
                    .toArray();
            float[] values = new float[rows.length];
            for (int i = 0; i < rows.length; i++) {
                values[i] = weights[rows[i]];
            }
            return new Column(rows, values);
        }
    }
}
