package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

/** What every metric with a cut-off checks. */
final class Cutoffs {
    private Cutoffs() {}

    static void check(String name, int k) {
        checkArgument(k >= 1, "k of %s must be at least 1, got %s", name, k);
    }

    static void checkDefined(Metric metric, Judged judged) {
        checkArgument(
                judged.numRelevant() > 0,
                "relevant must not be empty: %s is undefined without a held-out item",
                metric.label());
    }
}
