package io.github.recsys4j.benchmark;

import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.split.HeldOut;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * What content alone says, without learning: an item is its modalities' vectors side by side, each moved by the mean of
 * the training items and scaled to a mean squared length of 1; a user is the mean of the history; the score is the
 * cosine.
 */
final class ContentKnn {
    private final float[] items;
    private final int dim;

    private ContentKnn(float[] items, int dim) {
        this.items = items;
        this.dim = dim;
    }

    static ContentKnn of(List<FeatureMatrix> matrices, IntPredicate trained) {
        int dim = matrices.stream().mapToInt(FeatureMatrix::dim).sum();
        int rows = matrices.get(0).rows();
        float[] items = new float[rows * dim];
        int column = 0;
        for (FeatureMatrix matrix : matrices) {
            put(matrix, trained, items, column, dim);
            column += matrix.dim();
        }
        for (int item = 0; item < rows; item++) {
            toUnit(items, item * dim, dim);
        }
        return new ContentKnn(items, dim);
    }

    private static void put(FeatureMatrix matrix, IntPredicate trained, float[] items, int column, int dim) {
        double[] mean = new double[matrix.dim()];
        double squares = 0;
        int count = 0;
        for (int item = 0; item < matrix.rows(); item++) {
            if (matrix.present(item) && trained.test(item)) {
                count++;
                for (int d = 0; d < mean.length; d++) {
                    double value = matrix.values().get(item * mean.length + d);
                    mean[d] += value;
                    squares += value * value;
                }
            }
        }
        double spread = squares / count;
        for (int d = 0; d < mean.length; d++) {
            mean[d] /= count;
            spread -= mean[d] * mean[d];
        }
        for (int item = 0; item < matrix.rows(); item++) {
            for (int d = 0; matrix.present(item) && d < mean.length; d++) {
                double value = matrix.values().get(item * mean.length + d);
                items[item * dim + column + d] = (float) ((value - mean[d]) / Math.sqrt(spread));
            }
        }
    }

    private static void toUnit(float[] values, int from, int dim) {
        double squares = 0;
        for (int d = 0; d < dim; d++) {
            squares += values[from + d] * values[from + d];
        }
        for (int d = 0; d < dim && squares > 0; d++) {
            values[from + d] /= (float) Math.sqrt(squares);
        }
    }

    /** {@return unit vectors of the items, {@code [items, dim]}} */
    float[] items() {
        return items;
    }

    /** {@return a vector for each case, {@code [cases, dim]}} */
    float[] users(HeldOut cases) {
        float[] users = new float[cases.size() * dim];
        for (int index = 0; index < cases.size(); index++) {
            for (int item : cases.history(index)) {
                for (int d = 0; d < dim; d++) {
                    users[index * dim + d] += items[item * dim + d];
                }
            }
            toUnit(users, index * dim, dim);
        }
        return users;
    }
}
