package io.github.recsys4j.eval.metric;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The mean of a distance over all pairs of the first {@code k} items of which something is known; undefined with fewer
 * than two of them.
 */
record PairMean(String label, int k, String definition, IntPredicate known, Distance distance) implements Metric {

    /** How far two items are apart. */
    interface Distance {
        double between(int first, int second);
    }

    PairMean {
        Cutoffs.check(label, k);
    }

    @Override
    public Direction direction() {
        return Direction.NEUTRAL;
    }

    @Override
    public double weight(Judged judged) {
        return items(judged).length > 1 ? 1 : 0;
    }

    @Override
    public double measure(Judged judged) {
        int[] items = items(judged);
        double sum = 0;
        for (int i = 0; i < items.length; i++) {
            for (int j = i + 1; j < items.length; j++) {
                sum += distance.between(items[i], items[j]);
            }
        }
        return sum / (items.length * (items.length - 1) / 2.0);
    }

    private int[] items(Judged judged) {
        return Arrays.stream(judged.top(k)).filter(known).toArray();
    }
}
