package io.github.recsys4j.eval.metric;

import java.util.function.ToDoubleBiFunction;

/** A figure of all lists together that a function computes from the lists and the cut-off. */
record ListFigure(
        String label, int k, String definition, Direction direction, ToDoubleBiFunction<RankedLists, Integer> figure)
        implements ListMetric {

    ListFigure {
        Cutoffs.check(label, k);
    }

    @Override
    public double measure(RankedLists lists) {
        return figure.applyAsDouble(lists, k);
    }
}
