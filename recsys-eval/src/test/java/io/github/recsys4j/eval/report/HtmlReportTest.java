package io.github.recsys4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.ModelResult;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

class HtmlReportTest {
    private static EvaluationReport untested(String... names) {
        double[] value = {0.2};
        List<ModelResult> models = List.of(names).stream()
                .map(name -> new ModelResult(name, Map.of("NDCG@10", value[0] -= 0.01), Map.of("NDCG@10", 0.004), 0))
                .toList();
        return new EvaluationReport(SampleReports.PROTOCOL, Map.of("NDCG@10", "a formula"), models);
    }

    @Test
    void sentence_realDifference_saysByHowMuch() {
        assertThat(HtmlReport.of(SampleReports.of(2, 0.2), "NDCG@10").sentence())
                .matches("model-0 is best by NDCG@10: 0\\.\\d{4}, \\+0\\.\\d{4}, 95 % interval"
                        + " \\[0\\.\\d{4}, 0\\.\\d{4}\\] over model-1\\.");
    }

    @Test
    void sentence_noRealDifference_saysThatItIsNone() {
        assertThat(HtmlReport.of(SampleReports.of(3, 0), "NDCG@10").sentence())
                .startsWith("No clear winner by NDCG@10: model-")
                .contains("but cannot be told from model-");
    }

    @Test
    void sentence_nothingTested_saysSo() {
        assertThat(HtmlReport.of(untested("a", "b"), "NDCG@10").sentence())
                .isEqualTo("a is best by NDCG@10: 0.1900, before b with 0.1800; whether that is luck was not tested.");
        assertThat(HtmlReport.of(untested("a"), "NDCG@10").sentence()).isEqualTo("a reaches NDCG@10 0.1900.");
    }

    @Test
    void toHtml_namesThatAreMarkup_areEscapedEverywhere() {
        String evil = "<script>alert('1')</script>\"&";
        String page = HtmlReport.of(untested(evil, "b"), "NDCG@10")
                .withTraining(List.of(new Curve(evil, List.of(1.0, 2.0), List.of(0.1, 0.2))))
                .toHtml();

        assertThat(page)
                .doesNotContain("<script", "alert('1')")
                .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;");
    }

    @Test
    void toHtml_anyReport_asksForNothing() {
        assertThat(HtmlReport.of(SampleReports.of(4, 0.1), "NDCG@10").toHtml())
                .doesNotContain("http", "src=", "<link", "@import", "url(", "<script");
    }

    @ParameterizedTest(name = "{0} models")
    @ValueSource(ints = {1, 2, 12})
    void toHtml_eachChart_isWellFormedAndFinite(int models) throws Exception {
        String page = HtmlReport.of(SampleReports.of(models, 0.1), "NDCG@10")
                .withTraining(List.of(new Curve("model-0", List.of(1.0), List.of(0.1))))
                .toHtml();
        int charts = 0;
        for (int at = page.indexOf("<svg"); at >= 0; at = page.indexOf("<svg", at + 1)) {
            String svg = page.substring(at, page.indexOf("</svg>", at) + "</svg>".length());
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
            assertThat(svg).doesNotContain("NaN", "Infinity");
            charts++;
        }

        assertThat(charts).isEqualTo(models == 1 ? 5 : 6);
        assertThat(page).contains("Who is served how well", "NDCG by cut-off", "Popularity and accuracy", "Training");
    }

    @Test
    void of_metricNotMeasured_throwsNamingTheOthers() {
        assertThatThrownBy(() -> HtmlReport.of(untested("a"), "NDCG@5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metric \"NDCG@5\" was not measured; there are [NDCG@10]");
    }

    @Test
    void curve_lengthsThatDiffer_throwWithBoth() {
        assertThatThrownBy(() -> new Curve("loss", List.of(1.0), List.of()))
                .hasMessageContaining("curve \"loss\" must have as many values as places, at least one, got 0 and 1");
    }

    @ParameterizedTest(name = "from {0}")
    @ValueSource(doubles = {0, 0.0012, 1, 37.5, 123456})
    void axis_ofAnyRange_coversItWithRoundTicks(double from) {
        Axis axis = Axis.of(from, from * 1.7 + 0.003, 4, 0, 100);

        assertThat(axis.low()).isLessThanOrEqualTo(from + 1e-9);
        assertThat(axis.high()).isGreaterThanOrEqualTo(from * 1.7 + 0.003 - 1e-6);
        assertThat(axis.ticks()).hasSizeBetween(2, 7);
        assertThat(axis.ticks().stream().map(axis::label)).doesNotHaveDuplicates();
    }
}
