package io.github.recsys4j.eval.report;

import static io.github.recsys4j.eval.report.Svg.escape;

import io.github.recsys4j.eval.Numbers;
import io.github.recsys4j.eval.search.SearchResult;
import io.github.recsys4j.eval.search.TrialResult;
import java.util.List;
import java.util.Locale;

/**
 * A search as a page, a picture or Markdown: the best settings, how the search got there, each parameter against the
 * score, the best trials, and those that failed.
 *
 * <p>Thread-safety: immutable.
 */
public final class SearchReport {
    private static final int BEST = 20;
    private static final int FAILED = 10;
    private static final String CAUTION = "The best of many on the same validation cases flatters itself: measure it"
            + " once on test cases before quoting a number.";

    private final SearchResult result;
    private final String metric;

    private SearchReport(SearchResult result, String metric) {
        this.result = result;
        this.metric = metric;
    }

    /**
     * A report about a search.
     *
     * @param result what it found
     * @param metric what the scores are, such as {@code NDCG@10}
     * @return the report
     */
    public static SearchReport of(SearchResult result, String metric) {
        return new SearchReport(result, metric);
    }

    /** {@return the page, UTF-8; it needs nothing else, and names are escaped} */
    public String toHtml() {
        Page page = new Page();
        page.add("<h1>Search</h1><p class=\"head\">" + escape(sentence()) + "</p>");
        result.best()
                .ifPresent(best -> page.add("<pre class=\"scroll\">"
                        + escape(best.trial().settings().toString().replace(", ", "\n")) + "</pre>"));
        page.add("<p class=\"soft\">"
                + escape(metric + " on validation cases · " + result.strategy() + " · seed " + result.seed() + " · "
                        + result.jobs() + " at once. " + CAUTION)
                + "</p>");
        page.charts(charts());
        trials(page);
        failures(page);
        page.heading("What was tried");
        page.add("<pre class=\"scroll\">" + escape(String.join("\n", result.space())) + "</pre>");
        return page.html("Search: " + sentence());
    }

    /** The best score; its settings stand below, for they may be many. */
    private String sentence() {
        return result.best()
                .map(best -> "Best of %d trials by %s: %s, in trial %d."
                        .formatted(
                                result.trials().size(),
                                metric,
                                Numbers.text(best.score().orElseThrow()),
                                best.trial().number() + 1))
                .orElseGet(result::sentence);
    }

    private List<Chart> charts() {
        return new SearchCharts(result, metric).all();
    }

    private void trials(Page page) {
        page.heading("The best trials");
        StringBuilder table =
                new StringBuilder("<div class=\"scroll\"><table><thead><tr><th>trial</th><th>" + escape(metric)
                        + "</th><th>budget</th><th>seconds</th><th class=\"text\">settings</th></tr></thead><tbody>");
        best().forEach(trial -> table.append(String.format(
                Locale.ROOT,
                "<tr><td>%d</td><td>%s</td><td>%s</td><td>%.1f</td><td class=\"text\">%s</td></tr>",
                trial.trial().number() + 1,
                Numbers.text(trial.score().orElseThrow()),
                budget(trial),
                trial.seconds(),
                escape(trial.trial().settings().toString()))));
        page.add(table + "</tbody></table></div>");
    }

    private List<TrialResult> best() {
        List<TrialResult> ranked = result.ranked();
        return ranked.subList(0, Math.min(BEST, ranked.size()));
    }

    private static String budget(TrialResult trial) {
        return trial.trial().budget() == 0
                ? "–"
                : Integer.toString(trial.trial().budget());
    }

    private List<TrialResult> failed() {
        return result.trials().stream()
                .filter(trial -> trial.score().isEmpty())
                .limit(FAILED)
                .toList();
    }

    private void failures(Page page) {
        if (result.failures() == 0) {
            return;
        }
        page.heading(result.failures() + " of " + result.trials().size() + " trials failed");
        StringBuilder list = new StringBuilder("<dl>");
        failed().forEach(trial -> list.append("<dt>" + (trial.trial().number() + 1) + ": "
                + escape(trial.trial().settings().toString()) + "</dt><dd>" + escape(trial.error()) + "</dd>"));
        page.add(list + "</dl>");
    }

    /** {@return the sentence and the charts as one PNG, drawn by the JDK without a display} */
    public byte[] toPng() {
        return Picture.png(sentence(), charts());
    }

    /** {@return the report as Markdown: the sentence, the best trials, those that failed, and the space} */
    public String toMarkdown() {
        StringBuilder page = new StringBuilder("# Search\n\n**" + result.sentence() + "**\n\n" + CAUTION + "\n\n");
        page.append("* Strategy: " + result.strategy() + "\n* Score: " + metric + " on validation cases\n* Seed: "
                + result.seed() + "; " + result.jobs() + " at once\n\n## The best trials\n\n");
        page.append("| trial | " + metric + " | budget | seconds | settings |\n|---|---|---|---|---|\n");
        best().forEach(trial -> page.append(String.format(
                Locale.ROOT,
                "| %d | %s | %s | %.1f | %s |\n",
                trial.trial().number() + 1,
                Numbers.text(trial.score().orElseThrow()),
                budget(trial),
                trial.seconds(),
                trial.trial().settings().toString().replace("|", "\\|"))));
        if (result.failures() > 0) {
            page.append("\n## " + result.failures() + " of " + result.trials().size() + " trials failed\n\n");
            failed().forEach(trial -> page.append(
                    "* " + (trial.trial().number() + 1) + ": " + trial.error().replace('\n', ' ') + "\n"));
        }
        page.append("\n## What was tried\n\n");
        result.space().forEach(line -> page.append("* " + line + "\n"));
        return page.toString();
    }
}
