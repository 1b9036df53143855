package io.github.recsys4j.eval.metric;

import java.util.function.IntToDoubleFunction;

/**
 * The mean of something over the items of a list: {@code sum over its first k items of value(item) / items}. An empty
 * list is undefined.
 */
record ListMean(String label, int k, String definition, IntToDoubleFunction value) implements Metric {

    ListMean {
        Cutoffs.check(label, k);
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
        int length = Math.min(k, judged.size());
        double sum = 0;
        for (int rank = 1; rank <= length; rank++) {
            sum += value.applyAsDouble(judged.item(rank));
        }
        return sum / length;
    }
}
