package io.github.recsys4j.model.train;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;

/**
 * Cross-entropy over the whole catalogue, {@code log sum_i e^s_i - (1 - epsilon) s+ - epsilon mean_i s_i}. What follows
 * the first part is an ordinary graph, the mean of all scores being that of the mean vector. The gradient of the first,
 * with p the softmax of a chunk's scores, is {@code dh = p E} and {@code dE += p^T h}: three matrix products and two
 * passes over scores that are still in the cache.
 */
final class FullSoftmax {
    private FullSoftmax() {}

    static LossComputation.Result compute(
            TorchTensor hidden, TorchTensor table, Targets targets, double scale, int chunk, double smoothing) {
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
        PtNDArray wanted = wanted(hidden, table, targets, smoothing);
        TorchTensor backward = step.wrap(logSum.array().sub(wanted)).scaled(scale);
        return new LossComputation.Result(backward, scale * (value - TorchTensor.number(wanted)));
    }

    /** The sum over positions of the scores that are to grow, each weighted by its label. */
    private static PtNDArray wanted(TorchTensor hidden, TorchTensor table, Targets targets, double smoothing) {
        TorchStep step = hidden.step();
        PtNDArray positives =
                Scores.positive(step, hidden.array(), table.array(), targets.positives(0, targets.positions()));
        TorchTensor positive = step.wrap(JniUtils.sum(positives));
        if (smoothing == 0) {
            return positive.array();
        }
        TorchTensor all = step.wrap(JniUtils.sum(step.own(hidden.array().mul(TorchStep.array(table.mean(0))))));
        return TorchStep.array(positive.mul(1 - smoothing).add(all.mul(smoothing)));
    }

    /** The sum over positions of log sum_i e^s_i, from any column. */
    private static double logSums(PtNDArray scores, PtNDArray logs) {
        PtNDArray first = JniUtils.slice(scores, 1, 0, 1, 1).sub(JniUtils.slice(logs, 1, 0, 1, 1));
        return TorchTensor.number(JniUtils.sum(first));
    }
}
