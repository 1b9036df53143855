package io.github.recsys4j.eval.report;

import static io.github.recsys4j.eval.report.Svg.escape;

import io.github.recsys4j.eval.Comparison;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Figure;
import io.github.recsys4j.eval.Headline;
import io.github.recsys4j.eval.ModelResult;
import io.github.recsys4j.eval.Numbers;
import io.github.recsys4j.eval.Protocol;
import io.github.recsys4j.eval.metric.Direction;
import java.util.List;

/**
 * An evaluation as one HTML page that needs nothing else: a sentence that says who wins, by how much, and whether it
 * may be luck; tables; and charts as inline SVG. It loads nothing, runs no script, follows the light or dark setting,
 * and fits a phone. {@link #toPng()} draws the same charts as a picture.
 *
 * <p>Thread-safety: immutable.
 */
public final class HtmlReport {
    private static final int FEW_PAIRS = 15;

    private final EvaluationReport report;
    private final String metric;
    private final List<Curve> training;
    private final Headline headline;

    private HtmlReport(EvaluationReport report, String metric, List<Curve> training) {
        this.report = report;
        this.metric = metric;
        this.training = training;
        headline = report.headline(metric);
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
        page.charts(charts());
        numbers(page);
        comparisons(page);
        protocol(page);
        return page.html("Evaluation: " + sentence());
    }

    private List<Chart> charts() {
        return new EvaluationCharts(report, metric).all(training);
    }

    /**
     * {@return the sentence and the charts as one PNG, {@code 1904} pixels wide, drawn by the JDK without a display}
     */
    public byte[] toPng() {
        return Picture.png(sentence(), charts());
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

    /** Nobody is best where all are equal. */
    private boolean isBest(String label, double value) {
        List<ModelResult> ranked = report.headline(label).ranked();
        return ranked.get(0).metric(label) == value
                && (ranked.size() == 1 || ranked.get(ranked.size() - 1).metric(label) != value);
    }

    private String cell(ModelResult model, String label) {
        if (!model.figures().containsKey(label)) {
            return "<td>–</td>";
        }
        Figure figure = model.figure(label);
        boolean best = figure.direction() != Direction.NEUTRAL && isBest(label, figure.value());
        String below = figure.interval()
                .map(found -> Numbers.text(found.low()) + " … " + Numbers.text(found.high()))
                .orElse(
                        figure.standardError().isPresent()
                                ? "± " + Numbers.text(figure.standardError().getAsDouble())
                                : "");
        return "<td" + (best ? " class=\"best\"" : "") + ">" + Numbers.text(figure.value()) + "<small>" + below
                + "</small></td>";
    }

    private void comparisons(Page page) {
        List<Comparison> pairs = report.comparisons(metric);
        if (pairs.isEmpty()) {
            return;
        }
        page.heading("Pairs by " + metric);
        StringBuilder table = new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>model</th>"
                + "<th class=\"text\">other</th><th>difference</th><th>interval</th><th>adjusted p</th>"
                + "<th class=\"text\">verdict</th></tr></thead><tbody>");
        pairs.forEach(pair -> table.append(row(pair)));
        table.append("</tbody></table></div>");
        page.add(
                pairs.size() <= FEW_PAIRS
                        ? table.toString()
                        : "<details><summary>" + pairs.size() + " pairs</summary>" + table + "</details>");
    }

    private static String row(Comparison pair) {
        return "<tr><td>%s</td><td class=\"text\">%s</td><td>%s</td><td>%s … %s</td><td>%s</td><td class=\"text\">%s</td></tr>"
                .formatted(
                        escape(pair.model()),
                        escape(pair.other()),
                        Numbers.signed(pair.difference().mean()),
                        Numbers.text(pair.difference().low()),
                        Numbers.text(pair.difference().high()),
                        escape(Numbers.pValue(pair)),
                        pair.verdict().words());
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
