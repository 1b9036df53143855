package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.stream.IntStream;

/**
 * InfoNCE over given scores: row i belongs to column i, further columns are further negatives. All scores are held at
 * once, which in-batch negatives are few enough for.
 */
final class Contrast {
    private static final float MASKED = -1e9f;

    private Contrast() {}

    /** Who stands in the columns. Thread-safety: immutable; the arrays are not copied. */
    static final class Columns {
        private final int[] items;
        private final float[] logQ;
        private final int[] owners;

        private Columns(int[] items, float[] logQ, int[] owners) {
            this.items = items;
            this.logQ = logQ;
            this.owners = owners;
        }

        /** The columns' items, of which the rows are the first. */
        static Columns of(int[] items) {
            return new Columns(
                    items,
                    new float[items.length],
                    IntStream.of(items).map(item -> -1).toArray());
        }

        /** The same with the logarithm of how often each column is drawn. */
        Columns withLogQ(float[] value) {
            return new Columns(items, value, owners);
        }

        /** The same with a user for each column, of whom other columns are masked; negative for nobody. */
        Columns withOwners(int[] value) {
            return new Columns(items, logQ, value);
        }

        int size() {
            return items.length;
        }

        boolean isMasked(int row, int column) {
            boolean samePerson = owners[row] >= 0 && owners[row] == owners[column];
            return row != column && (items[row] == items[column] || samePerson);
        }
    }

    /** Inner products or cosines over the temperature, {@code [rows, columns]}. */
    static TorchTensor scores(TorchTensor vectors, TorchTensor items, InBatch settings) {
        TorchTensor left = settings.cosine() ? (TorchTensor) vectors.l2Normalize() : vectors;
        TorchTensor right = settings.cosine() ? (TorchTensor) items.l2Normalize() : items;
        return (TorchTensor) left.matMul(right.transpose(1, 0)).mul(1 / settings.temperature());
    }

    /** The losses of the rows, {@code [rows, 1]}. */
    static TorchTensor rowLosses(TorchTensor scores, Columns columns, InBatch settings) {
        int rows = Math.toIntExact(scores.shape().get(0));
        checkArgument(
                columns.size() == scores.shape().get(1) && rows <= columns.size(),
                "%s columns cannot stand for scores %s",
                columns.size(),
                scores.shape());
        if (settings.logQ() == LogQ.POSITIVE_AWARE) {
            return positiveAware(scores, columns);
        }
        TorchTensor corrected = plus(scores, terms(rows, columns, settings.logQ() == LogQ.STANDARD ? -1 : 0));
        TorchTensor forward = ownLogShares(corrected, 1);
        if (!settings.symmetric()) {
            return (TorchTensor) forward.mul(-1);
        }
        TorchTensor square = (TorchTensor) corrected.slice(1, 0, rows).transpose(1, 0);
        return (TorchTensor) forward.add(ownLogShares(square, 1)).mul(-0.5);
    }

    /** What masks and corrections add to each score. */
    private static float[] terms(int rows, Columns columns, float weightOfLogQ) {
        int count = columns.size();
        float[] terms = new float[rows * count];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < count; column++) {
                terms[row * count + column] =
                        columns.isMasked(row, column) ? MASKED : weightOfLogQ * columns.logQ[column];
            }
        }
        return terms;
    }

    private static TorchTensor plus(TorchTensor scores, float[] terms) {
        return (TorchTensor) scores.add(
                scores.step().input(terms, scores.shape().get(0), scores.shape().get(1)));
    }

    /** The logarithm of what a row gives to its own column, {@code [rows, 1]}. */
    private static TorchTensor ownLogShares(TorchTensor scores, int axis) {
        TorchStep step = scores.step();
        PtNDArray logs = step.own(
                JniUtils.logSoftmax(scores.array(), axis, scores.array().getDataType()));
        return own(step.wrap(logs));
    }

    private static TorchTensor own(TorchTensor scores) {
        long rows = scores.shape().get(0);
        long[] diagonal = IntStream.range(0, (int) rows).asLongStream().toArray();
        TorchStep step = scores.step();
        PtNDArray places = step.indices(diagonal, rows, 1).array();
        return step.wrap(JniUtils.gather(scores.array(), places, 1));
    }

    private static TorchTensor positiveAware(TorchTensor scores, Columns columns) {
        TorchStep step = scores.step();
        int rows = Math.toIntExact(scores.shape().get(0));
        int count = columns.size();
        float[] terms = terms(rows, columns, -1);
        float logOthers = (float) Math.log(Math.max(1, count - 1));
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < count; column++) {
                terms[row * count + column] =
                        row == column ? MASKED : Math.max(MASKED, terms[row * count + column] - logOthers);
            }
        }
        TorchTensor positive = own(scores);
        TorchTensor others = logSumExp(plus(scores, terms));
        PtNDArray odds = JniUtils.detachGradient(((TorchTensor) others.sub(positive)).array());
        TorchTensor weight = step.wrap(JniUtils.sigmoid(step.own(odds)));
        return (TorchTensor) others.sub(positive).mul(weight);
    }

    private static TorchTensor logSumExp(TorchTensor x) {
        TorchStep step = x.step();
        PtNDArray largest = step.own(JniUtils.detachGradient(step.own(x.array().max(new int[] {1}, true))));
        PtNDArray sum = JniUtils.sum(step.own(JniUtils.exp(step.own(x.array().sub(largest)))), new long[] {1}, true);
        return step.wrap(step.own(JniUtils.log(step.own(sum))).add(largest));
    }
}
