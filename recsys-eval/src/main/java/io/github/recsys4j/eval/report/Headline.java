package io.github.recsys4j.eval.report;

import io.github.recsys4j.eval.Comparison;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Interval;
import io.github.recsys4j.eval.ModelResult;
import io.github.recsys4j.eval.Verdict;
import io.github.recsys4j.eval.metric.Direction;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Who wins in one metric, by how much, and whether it may be luck. */
final class Headline {
    private final EvaluationReport report;
    private final String metric;

    Headline(EvaluationReport report, String metric) {
        this.report = report;
        this.metric = metric;
    }

    /** {@return the models that have the metric, the best first, equals in the report's order} */
    List<ModelResult> ranked() {
        Comparator<ModelResult> ascending = Comparator.comparingDouble(model -> model.metric(metric));
        boolean lower = report.directions().get(metric) == Direction.LOWER_IS_BETTER;
        return report.models().stream()
                .filter(model -> model.figures().containsKey(metric))
                .sorted(lower ? ascending : ascending.reversed())
                .toList();
    }

    /** {@return how the first differs from the second, if they were compared} */
    Optional<Versus> versus(ModelResult first, ModelResult second) {
        return report.comparisons(metric).stream()
                .flatMap(pair -> Versus.of(pair, first.name(), second.name()).stream())
                .findFirst();
    }

    String sentence() {
        List<ModelResult> models = ranked();
        if (models.isEmpty()) {
            return metric + " is undefined for every model.";
        }
        ModelResult best = models.get(0);
        String value = number(best.metric(metric));
        if (models.size() == 1) {
            return best.name() + " reaches " + metric + " " + value + interval(best) + ".";
        }
        ModelResult second = models.get(1);
        Optional<Versus> versus = versus(best, second);
        String lead = best.name() + " is best by " + metric + ": " + value;
        if (versus.isEmpty()) {
            return lead + ", before " + second.name() + " with " + number(second.metric(metric))
                    + "; whether that is luck was not tested.";
        }
        Versus found = versus.get();
        if (found.real()) {
            return lead + ", " + found.text() + " over " + second.name() + ".";
        }
        List<String> equals = models.subList(1, models.size()).stream()
                .filter(model ->
                        versus(best, model).filter(pair -> !pair.real()).isPresent())
                .map(ModelResult::name)
                .toList();
        return "No clear winner by " + metric + ": " + best.name() + " has " + value + ", but cannot be told from "
                + joined(equals) + " (" + found.text() + " over " + second.name() + ").";
    }

    private static String joined(List<String> names) {
        return names.size() > 3
                ? String.join(", ", names.subList(0, 3)) + " and " + (names.size() - 3) + " more"
                : String.join(", ", names);
    }

    private String interval(ModelResult model) {
        return model.figure(metric)
                .interval()
                .map(found -> ", " + interval(found))
                .orElse("");
    }

    static String interval(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.0f %% interval [%s, %s]",
                100 * interval.level(),
                number(interval.low()),
                number(interval.high()));
    }

    static String number(double value) {
        String format = Math.abs(value) >= 1000 ? "%.0f" : Math.abs(value) >= 10 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, value);
    }

    /** A comparison seen from its better model. */
    record Versus(Interval difference, double pValue, Verdict verdict) {
        static Optional<Versus> of(Comparison pair, String first, String second) {
            double p = pair.significance().adjustedPValue();
            Interval given = pair.difference();
            if (pair.model().equals(first) && pair.other().equals(second)) {
                return Optional.of(new Versus(given, p, pair.verdict()));
            }
            return pair.model().equals(second) && pair.other().equals(first)
                    ? Optional.of(new Versus(
                            new Interval(-given.mean(), -given.high(), -given.low(), given.level()), p, pair.verdict()))
                    : Optional.empty();
        }

        boolean real() {
            return verdict != Verdict.NOT_DISTINGUISHABLE;
        }

        String text() {
            return (difference.mean() < 0 ? "" : "+") + number(difference.mean()) + ", " + interval(difference);
        }
    }
}
