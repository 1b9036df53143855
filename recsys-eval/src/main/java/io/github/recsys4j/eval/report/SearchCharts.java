package io.github.recsys4j.eval.report;

import io.github.recsys4j.eval.search.SearchResult;
import io.github.recsys4j.eval.search.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The charts of a search: how the best score rose, and every parameter against the score. */
final class SearchCharts {
    private static final int LABEL_LETTERS = 11;

    private final SearchResult result;
    private final String metric;
    private final List<TrialResult> good;
    private final List<Integer> budgets;

    SearchCharts(SearchResult result, String metric) {
        this.result = result;
        this.metric = metric;
        good = result.trials().stream()
                .filter(trial -> trial.score().isPresent())
                .toList();
        budgets = good.stream()
                .map(trial -> trial.trial().budget())
                .distinct()
                .sorted()
                .toList();
    }

    List<Chart> all() {
        List<Chart> charts = new ArrayList<>();
        if (!good.isEmpty()) {
            charts.add(course());
            result.space().stream()
                    .filter(line -> line.contains(": "))
                    .flatMap(line -> parameter(line).stream())
                    .forEach(charts::add);
        }
        return charts;
    }

    /** Every trial's score, and the best so far with that budget. */
    private Chart course() {
        List<Charts.Series> series = scores(trial -> (double) trial.trial().number() + 1, good);
        Axis x = Charts.axis(1, result.trials().size());
        return Charts.pointsAndLines(
                "Course", metric + " of each trial; the line is the best so far", series, bestSoFar(), x, "trial");
    }

    private List<Charts.Series> bestSoFar() {
        List<Charts.Series> lines = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            int budget = budgets.get(i);
            List<Double> numbers = new ArrayList<>();
            List<Double> values = new ArrayList<>();
            double best = Double.NEGATIVE_INFINITY;
            for (TrialResult trial : good) {
                if (trial.trial().budget() == budget) {
                    best = Math.max(best, trial.score().orElseThrow());
                    numbers.add(trial.trial().number() + 1.0);
                    values.add(best);
                }
            }
            lines.add(new Charts.Series(new Curve("best so far", numbers, values), Ink.series(i)));
        }
        return lines;
    }

    /** One series per budget, since scores of different budgets do not compare. */
    private List<Charts.Series> scores(Function<TrialResult, Double> place, List<TrialResult> trials) {
        List<Charts.Series> series = new ArrayList<>();
        for (int i = 0; i < budgets.size(); i++) {
            int budget = budgets.get(i);
            List<TrialResult> equal = trials.stream()
                    .filter(trial -> trial.trial().budget() == budget)
                    .toList();
            if (!equal.isEmpty()) {
                series.add(new Charts.Series(
                        new Curve(
                                budget == 0 ? metric : "budget " + budget,
                                equal.stream().map(place).toList(),
                                equal.stream()
                                        .map(trial -> trial.score().orElseThrow())
                                        .toList()),
                        Ink.series(i)));
            }
        }
        return series;
    }

    /** A parameter against the score; a line of the space says how it is scaled. */
    private Optional<Chart> parameter(String line) {
        String name = line.substring(0, line.indexOf(": "));
        List<TrialResult> there = good.stream()
                .filter(trial -> trial.trial().settings().has(name))
                .toList();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        boolean numbers = line.startsWith(name + ": log ")
                || line.startsWith(name + ": number ")
                || line.startsWith(name + ": integer ");
        return Optional.of(numbers ? numeric(name, line.startsWith(name + ": log "), there) : named(name, there));
    }

    private Chart numeric(String name, boolean log, List<TrialResult> trials) {
        List<Double> values = trials.stream()
                .map(trial -> trial.trial().settings().number(name))
                .toList();
        double least = values.stream().min(Double::compare).orElseThrow();
        double greatest = values.stream().max(Double::compare).orElseThrow();
        Function<TrialResult, Double> place = trial -> trial.trial().settings().number(name);
        return log
                ? chart(name, scores(place.andThen(Math::log10), trials), Charts.logAxis(least, greatest))
                : chart(name, scores(place, trials), Charts.axis(least, greatest));
    }

    private Chart named(String name, List<TrialResult> trials) {
        List<String> names = trials.stream()
                .map(trial -> trial.trial().settings().text(name))
                .distinct()
                .sorted(SearchCharts::byNumberOrName)
                .toList();
        Axis x = Charts.nameAxis(names.stream()
                .map(each -> Charts.shortened(each, LABEL_LETTERS))
                .toList());
        return chart(
                name,
                scores(trial -> (double) names.indexOf(trial.trial().settings().text(name)), trials),
                x);
    }

    private static int byNumberOrName(String first, String second) {
        try {
            return Double.compare(Double.parseDouble(first), Double.parseDouble(second));
        } catch (NumberFormatException e) {
            return first.compareTo(second);
        }
    }

    private Chart chart(String name, List<Charts.Series> series, Axis x) {
        return Charts.points(name, "against " + metric, series, x, "");
    }
}
