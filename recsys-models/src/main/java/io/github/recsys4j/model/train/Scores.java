package io.github.recsys4j.model.train;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * Scores of positions: {@code positive [c, 1]} of the next items, {@code negative [c, k]} of the negatives.
 */
record Scores(PtNDArray positive, PtNDArray negative) {
    private static final float HIT = -1e9f;

    /** One product of the positions with the catalogue, from which scores are picked. */
    static Scores picked(TorchStep step, PtNDArray hidden, PtNDArray table, Targets targets, int from, int to) {
        PtNDArray all = step.own(JniUtils.matmul(hidden, step.own(JniUtils.transpose(table, 0, 1))));
        PtNDArray wanted = indices(step, targets.all(from, to), to - from, targets.count() + 1L);
        PtNDArray scores = step.own(JniUtils.gather(all, wanted, 1));
        return new Scores(
                step.own(JniUtils.slice(scores, 1, 0, 1, 1)),
                step.own(JniUtils.slice(scores, 1, 1, targets.count() + 1L, 1)));
    }

    /** Rows of the items are gathered for each position. */
    static Scores gathered(TorchStep step, PtNDArray hidden, PtNDArray table, Targets targets, int from, int to) {
        int rows = to - from;
        PtNDArray wide = step.own(JniUtils.unsqueeze(hidden, 1));
        PtNDArray negatives = indices(step, targets.negatives(from, to), rows, targets.count());
        PtNDArray vectors = step.own(JniUtils.embedding(negatives, table, false));
        PtNDArray scores = step.own(JniUtils.sum(step.own(vectors.mul(wide)), new long[] {2}, false));
        return new Scores(positive(step, hidden, table, targets.positives(from, to)), scores);
    }

    /** One product of the positions with the negatives that they share. */
    static Scores shared(TorchStep step, PtNDArray hidden, PtNDArray table, Targets targets) {
        PtNDArray negatives = indices(step, targets.negatives(0, 0), targets.count());
        PtNDArray vectors = step.own(JniUtils.embedding(negatives, table, false));
        PtNDArray scores = step.own(JniUtils.matmul(hidden, step.own(JniUtils.transpose(vectors, 0, 1))));
        return new Scores(positive(step, hidden, table, targets.positives(0, targets.positions())), scores);
    }

    static PtNDArray positive(TorchStep step, PtNDArray hidden, PtNDArray table, long[] positives) {
        PtNDArray vectors = step.own(JniUtils.embedding(indices(step, positives, positives.length), table, false));
        return step.own(JniUtils.sum(step.own(vectors.mul(hidden)), new long[] {1}, true));
    }

    private static PtNDArray indices(TorchStep step, long[] ids, long... shape) {
        return step.indices(ids, shape).array();
    }

    /** Negatives' scores less log(k q); where a negative is the next item itself, it counts as nothing. */
    Scores corrected(TorchStep step, Targets targets, int from, float[] logProbabilities) {
        Shape shape = negative.getShape();
        int rows = (int) shape.get(0);
        int count = targets.count();
        float logCount = (float) Math.log(count);
        float[] terms = new float[rows * count];
        for (int row = 0; row < rows; row++) {
            int positive = targets.positive(from + row);
            for (int j = 0; j < count; j++) {
                int item = targets.negative(from + row, j);
                terms[row * count + j] = item == positive ? HIT : -logCount - logProbabilities[item];
            }
        }
        return new Scores(
                positive, step.own(negative.add(step.input(terms, rows, count).array())));
    }
}
