package io.github.recsys4j.eval.metric;

/** A figure of the ranks of a case's relevant candidates; without one it is undefined, and the lower rank is better. */
interface RankMetric extends Metric {

    @Override
    default int k() {
        return WHOLE;
    }

    @Override
    default Direction direction() {
        return Direction.LOWER_IS_BETTER;
    }

    @Override
    default double weight(Judged judged) {
        return judged.standing().ranks().length > 0 ? 1 : 0;
    }
}
