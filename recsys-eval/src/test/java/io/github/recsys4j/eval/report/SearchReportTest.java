package io.github.recsys4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.eval.search.Objective;
import io.github.recsys4j.eval.search.Parameter;
import io.github.recsys4j.eval.search.Search;
import io.github.recsys4j.eval.search.SearchResult;
import io.github.recsys4j.eval.search.SearchSpace;
import io.github.recsys4j.eval.search.Strategy;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

class SearchReportTest {
    private static final Pattern CHART = Pattern.compile("<b>([^<]*)</b>[^<]*</figcaption>(<svg.*?</svg>)");
    private static final SearchSpace SPACE = SearchSpace.of(
            Parameter.logNumber("rate", 1e-5, 1e-1),
            Parameter.integer("layers", 1, 4),
            Parameter.choice("<kind>", "plain", "<b>bold|er</b>"),
            Parameter.number("only", 0, 1).when("<kind>", "plain"));

    private static final Objective SCORE = trial -> {
        if (trial.settings().integer("layers") == 4) {
            throw new IllegalStateException("too deep & wide");
        }
        return 1 / (1 + Math.abs(Math.log10(trial.settings().number("rate")) + 3));
    };

    private static SearchReport report(Strategy strategy) {
        return SearchReport.of(Search.of(SPACE, strategy).run(SCORE), "NDCG@10");
    }

    @Test
    void toHtml_search_hasTheCourseAndEveryParameter() throws Exception {
        String page = report(Strategy.tpe(30)).toHtml();
        Matcher charts = CHART.matcher(page);
        StringBuilder titles = new StringBuilder();
        while (charts.find()) {
            titles.append(charts.group(1)).append('\n');
            String svg = charts.group(2);
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
            assertThat(svg).doesNotContain("NaN", "Infinity");
        }

        assertThat(titles.toString().lines()).containsExactly("Course", "rate", "layers", "&lt;kind&gt;", "only");
        assertThat(page)
                .contains(
                        "Best of 30 trials by NDCG@10: ",
                        "rate=",
                        "trials failed",
                        "too deep &amp; wide",
                        "The best of many")
                .doesNotContain("<b>bold", "http", "<script");
    }

    @Test
    void toHtml_halving_hasAColourPerBudget() {
        assertThat(report(Strategy.halving(9, 1, 9, 3)).toHtml()).contains("budget 1<", "budget 3<", "budget 9<");
    }

    @Test
    void toMarkdown_search_hasBestTrialsFailuresAndSpace() {
        SearchResult result = Search.of(SPACE, Strategy.random(20)).run(SCORE);
        String page = SearchReport.of(result, "NDCG@10").toMarkdown();

        assertThat(page)
                .startsWith("# Search\n\n**Best of 20 trials: ")
                .contains("| trial | NDCG@10 | budget | seconds | settings |", "* rate: log number 1.0E-5..0.1")
                .contains("trials failed", "too deep & wide", "bold\\|er");
        List<String> rows = page.lines().filter(line -> line.startsWith("| ")).toList();
        assertThat(rows).hasSize(1 + result.trials().size() - result.failures());
    }

    @Test
    void toPng_search_isAPicture() throws Exception {
        assertThat(ImageIO.read(new ByteArrayInputStream(
                                report(Strategy.random(5)).toPng()))
                        .getWidth())
                .isEqualTo(1904);
    }

    @Test
    void everything_allTrialsFailed_saysWhy() {
        SearchReport report = SearchReport.of(
                Search.of(SPACE, Strategy.random(3)).run(trial -> {
                    throw new IllegalStateException("no luck");
                }),
                "NDCG@10");

        assertThat(report.toHtml()).contains("All 3 trials failed; the first because: no luck");
        assertThat(report.toMarkdown()).contains("## 3 of 3 trials failed");
        assertThat(report.toPng()).isNotEmpty();
    }
}
