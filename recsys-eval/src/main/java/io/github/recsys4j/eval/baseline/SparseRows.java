package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.TopK;

/** A sparse matrix of weights, shape {@code [items, items]}, by row. */
final class SparseRows {
    private final int[][] columns;
    private final float[][] weights;

    private SparseRows(int[][] columns, float[][] weights) {
        this.columns = columns;
        this.weights = weights;
    }

    /** One column: the rows that have a weight in it, and the weights. */
    static final class Column {
        private final int[] rows;
        private final float[] weights;

        Column(int[] rows, float[] weights) {
            this.rows = rows;
            this.weights = weights;
        }

        int[] rows() {
            return rows;
        }

        float[] weights() {
            return weights;
        }

        /** The k largest weights, equal ones to the lower row. */
        Column largest(int k) {
            if (k >= rows.length) {
                return this;
            }
            TopK top = new TopK(k);
            for (int i = 0; i < rows.length; i++) {
                top.offer(rows[i], weights[i]);
            }
            RankedItems best = top.drain();
            float[] kept = new float[best.size()];
            for (int place = 0; place < kept.length; place++) {
                kept[place] = best.score(place);
            }
            return new Column(best.items(), kept);
        }
    }

    /** Turns columns, one per item, into rows. */
    static SparseRows of(Column[] matrix) {
        int[] counts = new int[matrix.length];
        for (Column column : matrix) {
            for (int row : column.rows) {
                counts[row]++;
            }
        }
        int[][] columns = new int[matrix.length][];
        float[][] weights = new float[matrix.length][];
        for (int row = 0; row < matrix.length; row++) {
            columns[row] = new int[counts[row]];
            weights[row] = new float[counts[row]];
        }
        for (int item = matrix.length - 1; item >= 0; item--) {
            for (int i = 0; i < matrix[item].rows.length; i++) {
                int row = matrix[item].rows[i];
                int slot = --counts[row];
                columns[row][slot] = item;
                weights[row][slot] = matrix[item].weights[i];
            }
        }
        return new SparseRows(columns, weights);
    }

    /** Adds up the rows of the distinct items of a history. */
    void addAll(int[] history, double[] scores) {
        for (int item : InteractionMatrix.distinct(history)) {
            int[] row = columns[item];
            for (int i = 0; i < row.length; i++) {
                scores[row[i]] += weights[item][i];
            }
        }
    }
}
