package io.github.recsys4j.model.train;

import ai.djl.pytorch.jni.JniUtils;
import java.util.stream.IntStream;

/**
 * Half the squared lengths of the vectors that a loss compares, summed over positions: the user's, the next item's and
 * the mean of its negatives'; RecBole's embedding loss of norm 2 with the power. An item's length is computed once and
 * counts as often as the item is compared with.
 */
final class EmbeddingPenalty {
    private EmbeddingPenalty() {}

    /** One element. */
    static TorchTensor of(TorchTensor hidden, TorchTensor table, Targets targets) {
        TorchStep step = hidden.step();
        float[] counts = counts(targets, Math.toIntExact(table.shape().get(0)));
        TorchTensor items = (TorchTensor) squares(table).mul(step.input(counts, counts.length, 1));
        return (TorchTensor) sum(squares(hidden)).add(sum(items)).mul(0.5);
    }

    private static TorchTensor squares(TorchTensor vectors) {
        return (TorchTensor) vectors.mul(vectors);
    }

    private static TorchTensor sum(TorchTensor values) {
        return values.step().wrap(JniUtils.sum(values.array()));
    }

    /** How often each item is compared with; a negative counts as one of its position's. */
    private static float[] counts(Targets targets, int items) {
        float[] counts = new float[items];
        IntStream.range(0, targets.positions()).forEach(position -> {
            counts[targets.positive(position)]++;
            for (int j = 0; j < targets.count(); j++) {
                counts[targets.negative(position, j)] += 1f / targets.count();
            }
        });
        return counts;
    }
}
