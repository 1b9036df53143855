package io.github.recsys4j.model.train;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/** Losses of positions from their scores, as {@link Loss.Kind} defines them; each gives {@code [c, 1]}. */
final class RowLosses {
    private static final double BPR_GAMMA = 1e-10;
    private static final long[] LAST = {1};

    private RowLosses() {}

    static PtNDArray gbce(TorchStep step, Scores scores, double beta) {
        double share = 1.0 / (scores.negative().getShape().get(1) + 1);
        PtNDArray positive = step.own(JniUtils.softPlus(step.own(JniUtils.neg(scores.positive()))));
        PtNDArray negative = step.own(JniUtils.softPlus(scores.negative()));
        PtNDArray sum = step.own(JniUtils.sum(negative, LAST, true));
        PtNDArray both = step.own(step.own(positive.mul(step.number(beta))).add(sum));
        return step.own(both.mul(step.number(share)));
    }

    static PtNDArray softmax(TorchStep step, Scores scores) {
        PtNDArray all = step.own(JniUtils.cat(new PtNDArray[] {scores.positive(), scores.negative()}, 1));
        PtNDArray logs = step.own(JniUtils.logSoftmax(all, 1, all.getDataType()));
        return step.own(JniUtils.neg(step.own(JniUtils.slice(logs, 1, 0, 1, 1))));
    }

    static PtNDArray bpr(TorchStep step, Scores scores) {
        PtNDArray difference = step.own(scores.positive().sub(scores.negative()));
        PtNDArray chance = step.own(step.own(JniUtils.sigmoid(difference)).add(step.number(BPR_GAMMA)));
        PtNDArray mean = step.own(JniUtils.mean(step.own(JniUtils.log(chance)), 1, true));
        return step.own(JniUtils.neg(mean));
    }
}
