package io.github.recsys4j.eval.metric;

/** Which way a metric is better. */
public enum Direction {
    /** More is better, as with NDCG. */
    HIGHER_IS_BETTER,
    /** Less is better, as with an average rank. */
    LOWER_IS_BETTER,
    /** It describes: more popular recommendations are neither better nor worse by themselves. */
    NEUTRAL
}
