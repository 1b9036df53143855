package io.github.recsys4j.eval.report;

import static com.google.common.base.Preconditions.checkArgument;
import static io.github.recsys4j.eval.report.Svg.escape;

import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Figure;
import io.github.recsys4j.eval.MetricLabel;
import io.github.recsys4j.eval.ModelResult;
import io.github.recsys4j.eval.Protocol;
import io.github.recsys4j.eval.metric.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * An evaluation as one HTML page that needs nothing else: a sentence that says who wins, by how much, and whether it
 * may be luck; tables; and charts as inline SVG. It loads nothing, runs no script, follows the light or dark setting,
 * and fits a phone.
 *
 * <p>Thread-safety: immutable.
 */
public final class HtmlReport {
    private static final List<String> BINS = List.of("0", "up to .25", "up to .5", "up to .75", "up to 1");

    private final EvaluationReport report;
    private final String metric;
    private final List<Curve> training;
    private final Headline headline;

    private HtmlReport(EvaluationReport report, String metric, List<Curve> training) {
        checkArgument(
                report.definitions().containsKey(metric),
                "metric \"%s\" was not measured; there are %s",
                metric,
                report.definitions().keySet());
        this.report = report;
        this.metric = metric;
        this.training = training;
        headline = new Headline(report, metric);
    }

    /**
     * A page about an evaluation.
     *
     * @param report what to show; with values per case there is a chart of them
     * @param metric the label of the metric that decides who wins, such as {@code NDCG@10}
     * @return the page
     * @throws IllegalArgumentException if that metric was not measured
     */
    public static HtmlReport of(EvaluationReport report, String metric) {
        return new HtmlReport(report, metric, List.of());
    }

    /**
     * {@return the same with a chart of how models were trained}
     *
     * @param curves such as a validation metric by epoch, one per model
     */
    public HtmlReport withTraining(List<Curve> curves) {
        return new HtmlReport(report, metric, List.copyOf(curves));
    }

    /** {@return who wins, by how much, and whether it may be luck, in a sentence of plain text} */
    public String sentence() {
        return headline.sentence();
    }

    /** {@return the page, UTF-8; names are escaped} */
    public String toHtml() {
        Page page = new Page();
        Protocol protocol = report.protocol();
        page.add("<h1>Evaluation</h1><p class=\"head\">" + escape(sentence()) + "</p>");
        page.add("<p class=\"soft\">"
                + escape(protocol.split() + " · " + protocol.counts().cases() + " cases · " + protocol.candidates()
                        + " · " + protocol.seen())
                + "</p>");
        page.add("<div class=\"grid\">");
        standing(page);
        differences(page);
        byCutoff(page);
        distribution(page);
        popularity(page);
        if (!training.isEmpty()) {
            page.figure("Training", "", Charts.lines("training", training, "epoch"), names(training), "s");
        }
        page.add("</div>");
        numbers(page);
        comparisons(page);
        protocol(page);
        return page.html("Evaluation: " + sentence());
    }

    private String style(String name) {
        List<String> names = report.models().stream().map(ModelResult::name).toList();
        return Svg.series(names.indexOf(name));
    }

    private void standing(Page page) {
        List<Charts.Row> rows = headline.ranked().stream()
                .map(model -> new Charts.Row(
                        model.name(), model.metric(metric), model.figure(metric).interval(), style(model.name())))
                .toList();
        if (!rows.isEmpty()) {
            page.figure(metric, "best first, with intervals", Charts.dots(metric, rows, false), List.of(), "s");
        }
    }

    private void differences(Page page) {
        List<ModelResult> models = headline.ranked();
        List<Charts.Row> rows = new ArrayList<>();
        for (ModelResult other : models.subList(Math.min(1, models.size()), models.size())) {
            headline.versus(models.get(0), other)
                    .ifPresent(pair -> rows.add(new Charts.Row(
                            other.name(),
                            pair.difference().mean(),
                            Optional.of(pair.difference()),
                            style(other.name()))));
        }
        if (!rows.isEmpty()) {
            String title = models.get(0).name() + " against the others";
            String words = "difference in " + metric + "; where the line crosses zero, it may be luck";
            page.figure(title, words, Charts.dots(title, rows, true), List.of(), "s");
        }
    }

    /** The chosen metric at every cut-off it was measured at. */
    private void byCutoff(Page page) {
        MetricLabel chosen = MetricLabel.of(metric);
        List<String> family = report.definitions().keySet().stream()
                .filter(label -> sameButCutoff(MetricLabel.of(label), chosen))
                .sorted(Comparator.comparingInt(
                        label -> MetricLabel.of(label).k().orElseThrow()))
                .toList();
        if (family.size() < 2) {
            return;
        }
        List<Curve> curves = report.models().stream()
                .filter(model -> model.figures().keySet().containsAll(family))
                .map(model -> new Curve(
                        model.name(),
                        family.stream()
                                .map(label -> (double) MetricLabel.of(label).k().orElseThrow())
                                .toList(),
                        family.stream().map(model::metric).toList()))
                .toList();
        page.figure(chosen.name() + " by cut-off", "", Charts.lines(chosen.name(), curves, "k"), names(curves), "s");
    }

    private static boolean sameButCutoff(MetricLabel label, MetricLabel chosen) {
        return label.k().isPresent()
                && label.name().equals(chosen.name())
                && label.qualifier().equals(chosen.qualifier());
    }

    private static List<String> names(List<Curve> curves) {
        return curves.stream().map(Curve::name).toList();
    }

    private void distribution(Page page) {
        List<ModelResult> models = headline.ranked().stream()
                .filter(model -> model.perCase()
                        .filter(cases -> cases.labels().contains(metric))
                        .filter(cases -> DoubleStream.of(cases.values(metric)).allMatch(v -> !(v < 0 || v > 1)))
                        .isPresent())
                .toList();
        if (!models.isEmpty()) {
            List<double[]> shares = models.stream()
                    .map(model -> shares(model.perCase().orElseThrow().values(metric)))
                    .toList();
            List<String> names = models.stream().map(ModelResult::name).toList();
            String svg = Charts.shares(metric + " by case", names, shares, BINS);
            page.figure("Who is served how well", "per cent of cases by their " + metric, svg, BINS, "b");
        }
    }

    private static double[] shares(double[] values) {
        double[] known =
                DoubleStream.of(values).filter(value -> !Double.isNaN(value)).toArray();
        double[] shares = new double[BINS.size()];
        for (double value : known) {
            shares[(int) Math.ceil(4 * value)] += 1.0 / known.length;
        }
        return shares;
    }

    private void popularity(Page page) {
        Optional<String> label = report.definitions().keySet().stream()
                .filter(name -> MetricLabel.of(name).name().equals("Popularity"))
                .findFirst();
        label.ifPresent(name -> {
            List<Curve> points = report.models().stream()
                    .filter(model -> model.figures().keySet().containsAll(List.of(name, metric)))
                    .map(model -> new Curve(model.name(), List.of(model.metric(name)), List.of(model.metric(metric))))
                    .toList();
            if (!points.isEmpty()) {
                String x = name + ": mean training interactions of what is recommended";
                page.figure("Popularity and accuracy", metric, Charts.scatter(name, points, x), names(points), "s");
            }
        });
    }

    private void numbers(Page page) {
        page.heading("All numbers");
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>model</th>");
        report.definitions()
                .forEach((label, words) ->
                        table.append("<th title=\"" + escape(words) + "\">" + escape(label) + "</th>"));
        table.append("</tr></thead><tbody>");
        for (ModelResult model : report.models()) {
            table.append("<tr><td title=\"" + escape(model.name()) + "\">" + escape(model.name()) + "</td>");
            report.definitions().keySet().forEach(label -> table.append(cell(model, label)));
            table.append("</tr>");
        }
        page.add(table + "</tbody></table></div><p class=\"soft\">Below a mean: its interval, or its standard error."
                + " Bold: the best of the column, which need not differ from the next.</p>");
    }

    private String cell(ModelResult model, String label) {
        if (!model.figures().containsKey(label)) {
            return "<td>–</td>";
        }
        Figure figure = model.figure(label);
        boolean best = figure.direction() != Direction.NEUTRAL
                && new Headline(report, label).ranked().get(0).metric(label) == figure.value();
        String below = figure.interval()
                .map(found -> Headline.number(found.low()) + " … " + Headline.number(found.high()))
                .orElse(
                        figure.standardError().isPresent()
                                ? "± " + Headline.number(figure.standardError().getAsDouble())
                                : "");
        return "<td" + (best ? " class=\"best\"" : "") + ">" + Headline.number(figure.value()) + "<small>" + below
                + "</small></td>";
    }

    private void comparisons(Page page) {
        if (report.comparisons(metric).isEmpty()) {
            return;
        }
        page.heading("Pairs by " + metric);
        StringBuilder rows = new StringBuilder();
        report.comparisons(metric)
                .forEach(pair -> rows.append(String.format(
                        Locale.ROOT,
                        "<tr><td>%s</td><td class=\"text\">%s</td><td>%+.4f</td><td>%s</td><td>%.4f</td>"
                                + "<td class=\"text\">%s</td></tr>",
                        escape(pair.model()),
                        escape(pair.other()),
                        pair.difference().mean(),
                        Headline.number(pair.difference().low()) + " … "
                                + Headline.number(pair.difference().high()),
                        pair.significance().adjustedPValue(),
                        pair.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' '))));
        page.add(
                "<div class=\"scroll\"><table><thead><tr><th>model</th><th class=\"text\">other</th><th>difference</th>"
                        + "<th>interval</th><th>adjusted p</th><th class=\"text\">verdict</th></tr></thead><tbody>"
                        + rows
                        + "</tbody></table></div>");
    }

    private void protocol(Page page) {
        Protocol rules = report.protocol();
        Protocol.Counts counts = rules.counts();
        page.heading("How it was measured");
        StringBuilder list = new StringBuilder("<dl>");
        term(list, "Split", rules.split());
        term(list, "Candidates", rules.candidates());
        term(list, "Seen items", rules.seen());
        term(list, "Ties", rules.ties());
        term(list, "Averaging", rules.averaging());
        term(
                list,
                "Counts",
                "%d cases of %d users, %d users without; %d items, %d held-out items, %d of them also in the history"
                        .formatted(
                                counts.cases(),
                                counts.users(),
                                counts.usersSkipped(),
                                counts.items(),
                                counts.targets(),
                                counts.targetsSeen()));
        report.models().stream()
                .filter(model -> model.answeredByPopularity() > 0)
                .forEach(model -> term(
                        list,
                        model.name(),
                        model.answeredByPopularity() + " cases answered by its popularity fallback"));
        report.definitions().forEach((label, words) -> term(list, label, words));
        page.add(list + "</dl>");
    }

    private static void term(StringBuilder list, String name, String words) {
        list.append("<dt>" + escape(name) + "</dt><dd>" + escape(words) + "</dd>");
    }
}
