package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * InfoNCE over given scores: row i belongs to column i, further columns are further negatives. All scores are held at
 * once, which in-batch negatives are few enough for.
 */
final class Contrast {
    private static final float MASKED = -1e9f;
    private static final double LARGEST_LOG_SCALE = Math.log(InBatch.LARGEST_SCALE);

    private Contrast() {}

    /** Who stands in the columns. Thread-safety: immutable; arrays and sets are not copied. */
    static final class Columns {
        private final int[] items;
        private final float[] logQ;
        private final List<BitSet> masked;

        private Columns(int[] items, float[] logQ, List<BitSet> masked) {
            this.items = items;
            this.logQ = logQ;
            this.masked = masked;
        }

        /** The columns' items, of which the rows are the first. */
        static Columns of(int[] items) {
            return new Columns(items, new float[items.length], List.of());
        }

        /** The same with the logarithm of how often each column is drawn. */
        Columns withLogQ(float[] value) {
            return new Columns(items, value, masked);
        }

        /** The same with columns masked for each row, besides those of its own item; none if the list is empty. */
        Columns withMasked(List<BitSet> value) {
            return new Columns(items, logQ, value);
        }

        int size() {
            return items.length;
        }

        boolean isMasked(int row, int column) {
            return row != column && (items[row] == items[column] || isListed(row, column));
        }

        private boolean isListed(int row, int column) {
            return !masked.isEmpty() && masked.get(row).get(column);
        }
    }

    /** Inner products or cosines over the temperature, {@code [rows, columns]}. */
    static TorchTensor scores(TorchTensor vectors, TorchTensor items, InBatch settings) {
        return (TorchTensor) products(vectors, items, settings.cosine()).mul(1 / settings.temperature());
    }

    /**
     * The same over a temperature that is learned.
     *
     * @param logScale one element: the logarithm of one over the temperature, so that it stays positive
     */
    static TorchTensor scores(TorchTensor vectors, TorchTensor items, boolean cosine, TorchTensor logScale) {
        TorchTensor bounded =
                (TorchTensor) logScale.sub(logScale.add(-LARGEST_LOG_SCALE).relu());
        TorchTensor scale = logScale.step().wrap(JniUtils.exp(bounded.array()));
        return (TorchTensor) products(vectors, items, cosine).mul(scale);
    }

    private static TorchTensor products(TorchTensor vectors, TorchTensor items, boolean cosine) {
        TorchTensor left = cosine ? (TorchTensor) vectors.l2Normalize() : vectors;
        TorchTensor right = cosine ? (TorchTensor) items.l2Normalize() : items;
        return (TorchTensor) left.matMul(right.transpose(1, 0));
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
        TorchTensor corrected = corrected(scores, columns, settings);
        TorchTensor forward = ownLoss(corrected, settings.hardNegatives());
        if (!settings.symmetric()) {
            return forward;
        }
        TorchTensor square = (TorchTensor) corrected.slice(1, 0, rows).transpose(1, 0);
        return (TorchTensor)
                forward.add(ownLoss(square, settings.hardNegatives())).mul(0.5);
    }

    /** Scores less the logarithm of how often their column is drawn, where asked for; masked ones far below all. */
    static TorchTensor corrected(TorchTensor scores, Columns columns, InBatch settings) {
        int rows = Math.toIntExact(scores.shape().get(0));
        return plus(scores, terms(rows, columns, settings.logQ() == LogQ.STANDARD ? -1 : 0));
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

    /** Cross-entropy of each row's own column, among all or beside its hardest negatives, {@code [rows, 1]}. */
    private static TorchTensor ownLoss(TorchTensor scores, int hardNegatives) {
        TorchStep step = scores.step();
        PtNDArray all = scores.array();
        if (hardNegatives > 0 && hardNegatives < all.getShape().get(1) - 1) {
            return step.wrap(RowLosses.softmax(step, new Scores(own(scores).array(), hardest(scores, hardNegatives))));
        }
        PtNDArray logs = step.own(JniUtils.logSoftmax(all, 1, all.getDataType()));
        return (TorchTensor) own(step.wrap(logs)).mul(-1);
    }

    /** The largest scores of each row outside its own column, {@code [rows, count]}. */
    private static PtNDArray hardest(TorchTensor scores, int count) {
        int rows = Math.toIntExact(scores.shape().get(0));
        int columns = Math.toIntExact(scores.shape().get(1));
        float[] terms = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            terms[row * columns + row] = MASKED;
        }
        NDList found = JniUtils.topK(plus(scores, terms).array(), count, 1, true, false);
        scores.step().own((PtNDArray) found.get(1));
        return scores.step().own((PtNDArray) found.get(0));
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
