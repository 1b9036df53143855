package io.github.recsys4j.eval.report;

import io.github.recsys4j.eval.Comparison;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Headline;
import io.github.recsys4j.eval.MetricLabel;
import io.github.recsys4j.eval.ModelResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The charts of an evaluation, in one metric. */
final class EvaluationCharts {
    private static final List<String> BINS = List.of("0", "up to .25", "up to .5", "up to .75", "up to 1");

    private final EvaluationReport report;
    private final String metric;
    private final Headline headline;
    private final List<ModelResult> ranked;

    EvaluationCharts(EvaluationReport report, String metric) {
        this.report = report;
        this.metric = metric;
        headline = report.headline(metric);
        ranked = headline.ranked();
    }

    List<Chart> all(List<Curve> training) {
        List<Chart> charts = new ArrayList<>();
        standing().ifPresent(charts::add);
        differences().ifPresent(charts::add);
        byCutoff().ifPresent(charts::add);
        distribution().ifPresent(charts::add);
        popularity().ifPresent(charts::add);
        if (!training.isEmpty()) {
            charts.add(training(training));
        }
        return charts;
    }

    /** By rank, so that the best six have a solid line and a colour of their own. */
    private Ink ink(String name) {
        return Ink.series(Math.max(0, ranks().indexOf(name)));
    }

    private List<String> ranks() {
        return ranked.stream().map(ModelResult::name).toList();
    }

    private Optional<Chart> standing() {
        List<Charts.Row> rows = ranked.stream()
                .map(model -> new Charts.Row(
                        model.name(), model.metric(metric), model.figure(metric).interval(), ink(model.name())))
                .toList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(Charts.dots(metric, "best first, with intervals", rows));
    }

    private Optional<Chart> differences() {
        List<Comparison> lead = headline.lead();
        List<Charts.Row> rows = lead.stream()
                .map(pair -> new Charts.Row(
                        pair.other(), pair.difference().mean(), Optional.of(pair.difference()), ink(pair.other())))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(Charts.dots(
                        Charts.shortened(lead.get(0).model(), 30) + " against the others",
                        "difference in " + metric + "; where the line crosses zero, it may be luck",
                        rows));
    }

    /** The chosen metric at every cut-off it was measured at. */
    private Optional<Chart> byCutoff() {
        MetricLabel chosen = MetricLabel.of(metric);
        List<String> family = report.definitions().keySet().stream()
                .filter(label -> sameButCutoff(MetricLabel.of(label), chosen))
                .sorted(Comparator.comparingInt(EvaluationCharts::cutoff))
                .toList();
        if (family.size() < 2) {
            return Optional.empty();
        }
        List<Double> places =
                IntStream.range(0, family.size()).mapToObj(i -> (double) i).toList();
        List<Charts.Series> series = ranked.stream()
                .filter(model -> model.figures().keySet().containsAll(family))
                .map(model -> new Charts.Series(
                        new Curve(
                                model.name(),
                                places,
                                family.stream().map(model::metric).toList()),
                        ink(model.name())))
                .toList();
        List<String> names =
                family.stream().map(label -> Integer.toString(cutoff(label))).toList();
        return Optional.of(
                Charts.lines(chosen.name() + " by cut-off", "how many recommendations count", series, names, "k"));
    }

    private static int cutoff(String label) {
        return MetricLabel.of(label).k().orElseThrow();
    }

    private static boolean sameButCutoff(MetricLabel label, MetricLabel chosen) {
        return label.k().isPresent()
                && label.name().equals(chosen.name())
                && label.qualifier().equals(chosen.qualifier());
    }

    private Optional<Chart> distribution() {
        List<Charts.Shares> rows = ranked.stream()
                .flatMap(model -> model.perCase().stream()
                        .filter(cases -> cases.labels().contains(metric))
                        .map(cases -> cases.values(metric))
                        .filter(values -> DoubleStream.of(values).allMatch(value -> !(value < 0 || value > 1)))
                        .map(values -> new Charts.Shares(model.name(), shares(values))))
                .toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Charts.shares("Who is served how well", "per cent of cases by their " + metric, rows, BINS));
    }

    private static List<Double> shares(double[] values) {
        double[] known =
                DoubleStream.of(values).filter(value -> !Double.isNaN(value)).toArray();
        double[] shares = new double[BINS.size()];
        for (double value : known) {
            shares[(int) Math.ceil(4 * value)] += 1.0 / known.length;
        }
        return DoubleStream.of(shares).boxed().toList();
    }

    private Optional<Chart> popularity() {
        Optional<String> label = report.definitions().keySet().stream()
                .filter(name -> MetricLabel.of(name).name().equals("Popularity"))
                .findFirst();
        List<Charts.Series> points = ranked.stream()
                .filter(model ->
                        label.filter(name -> model.figures().containsKey(name)).isPresent())
                .map(model -> new Charts.Series(
                        new Curve(
                                model.name(),
                                List.of(model.metric(label.orElseThrow())),
                                List.of(model.metric(metric))),
                        ink(model.name())))
                .toList();
        return points.isEmpty()
                ? Optional.empty()
                : Optional.of(Charts.points(
                        "Popularity and accuracy",
                        metric + " over how popular the recommended items are",
                        points,
                        label.orElseThrow() + ": mean training interactions"));
    }

    private Chart training(List<Curve> curves) {
        List<String> others = curves.stream()
                .map(Curve::name)
                .filter(name -> !ranks().contains(name))
                .toList();
        List<Charts.Series> series = curves.stream()
                .map(curve -> new Charts.Series(
                        curve,
                        others.contains(curve.name())
                                ? Ink.series(ranks().size() + others.indexOf(curve.name()))
                                : ink(curve.name())))
                .toList();
        return Charts.lines("Training", "on validation cases", series, "epoch");
    }
}
