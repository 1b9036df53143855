package io.github.recsys4j.eval.metric;

import java.util.Arrays;

/**
 * The share of recommended items that the user's history lacks; 1 wherever seen items are filtered.
 *
 * <p>{@code |first k and not in history| / |first k|}, undefined for an empty list. In {@code [0, 1]}.
 */
record UnseenShare(int k) implements Metric {

    UnseenShare {
        Cutoffs.check("UnseenShare", k);
    }

    @Override
    public String label() {
        return "UnseenShare@" + k;
    }

    @Override
    public String definition() {
        return "share of the first " + k + " that the case's history lacks";
    }

    @Override
    public Direction direction() {
        return Direction.NEUTRAL;
    }

    @Override
    public double weight(Judged judged) {
        return judged.size() > 0 ? 1 : 0;
    }

    @Override
    public double measure(Judged judged) {
        int[] seen = judged.history();
        Arrays.sort(seen);
        return Arrays.stream(judged.top(k))
                .map(item -> Arrays.binarySearch(seen, item) < 0 ? 1 : 0)
                .average()
                .orElseThrow();
    }
}
