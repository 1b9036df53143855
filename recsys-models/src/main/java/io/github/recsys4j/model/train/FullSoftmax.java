package io.github.recsys4j.model.train;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Cross-entropy over the whole catalogue, {@code log sum_i e^s_i - s+}. The second part is an ordinary graph. The
 * gradient of the first, with p the softmax of a chunk's scores, is {@code dh = p E} and {@code dE += p^T h}: three
 * matrix products and two passes over scores that are still in the cache.
 */
final class FullSoftmax {
    private FullSoftmax() {}

    static LossComputation.Result compute(
            TorchTensor hidden, TorchTensor table, Targets targets, double scale, int chunk) {
        TorchStep step = hidden.step();
        PtNDArray items = step.own(JniUtils.detachGradient(table.array()));
        PtNDArray de = TorchTensor.filled(step, table.shape(), 0);
        List<PtNDArray> gradients = new ArrayList<>();
        double value = 0;
        for (int from = 0; from < targets.positions(); from += chunk) {
            try (Scratch scratch = new Scratch()) {
                int to = Math.min(targets.positions(), from + chunk);
                PtNDArray part = JniUtils.detachGradient(JniUtils.slice(hidden.array(), 0, from, to, 1));
                PtNDArray scores = JniUtils.matmul(part, JniUtils.transpose(items, 0, 1));
                PtNDArray logs = JniUtils.logSoftmax(scores, 1, scores.getDataType());
                PtNDArray shares = JniUtils.exp(logs);
                gradients.add(scratch.keep(step.own(JniUtils.matmul(shares, items))));
                JniUtils.addi(de, JniUtils.matmul(JniUtils.transpose(shares, 0, 1), part));
                value += logSums(scores, logs);
            }
        }
        PtNDArray dh = step.own(JniUtils.cat(gradients.toArray(new PtNDArray[0]), 0));
        TorchTensor logSum = LossComputation.inject(hidden, dh, table, de);
        PtNDArray positives =
                Scores.positive(step, hidden.array(), table.array(), targets.positives(0, targets.positions()));
        PtNDArray positive = step.own(JniUtils.sum(positives));
        TorchTensor backward = step.wrap(logSum.array().sub(positive)).scaled(scale);
        return new LossComputation.Result(backward, scale * (value - TorchTensor.number(positive)));
    }

    /** The sum over positions of log sum_i e^s_i, from any column. */
    private static double logSums(PtNDArray scores, PtNDArray logs) {
        PtNDArray first = JniUtils.slice(scores, 1, 0, 1, 1).sub(JniUtils.slice(logs, 1, 0, 1, 1));
        return TorchTensor.number(JniUtils.sum(first));
    }
}
