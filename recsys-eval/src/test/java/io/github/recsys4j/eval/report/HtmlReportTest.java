package io.github.recsys4j.eval.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.ModelResult;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
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
        page = page.replaceAll("<svg viewBox=\"0 0 26 14\".*?</svg>", "");
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
        assertThat(axis.ticks().stream().map(Axis.Tick::label)).doesNotHaveDuplicates();
    }

    @Test
    void axis_largeNumbers_areWrittenInThousands() {
        assertThat(Axis.of(0, 123456, 4, 0, 100).ticks())
                .extracting(Axis.Tick::label)
                .containsExactly("0", "50k", "100k", "150k");
    }

    @Test
    void axis_logarithmic_marksRoundNumbersWithin() {
        Axis axis = Axis.log(1e-5, 1e-2, 0, 300);

        assertThat(axis.ticks()).extracting(Axis.Tick::label).containsExactly("1e-5", "1e-4", "0.001", "0.01");
        assertThat(axis.at(Math.log10(1e-4))).isCloseTo(100, within(1e-9));
        assertThat(Axis.log(16, 128, 0, 1).ticks()).extracting(Axis.Tick::label).containsExactly("20", "50", "100");
    }

    @Test
    void series_twelveModels_differInColourOrKind() {
        List<Ink> inks = IntStream.range(0, 12).mapToObj(Ink::series).toList();

        assertThat(inks).doesNotHaveDuplicates();
        assertThat(inks.subList(0, 6)).extracting(Ink::kind).containsOnly(0);
    }

    @Test
    void shortened_longName_keepsBeginningAndEnd() {
        assertThat(Charts.shortened("runs/2026-11-27/gsasrec-with-text", 20)).isEqualTo("runs/2…rec-with-text");
        assertThat(Charts.shortened("short", 20)).isEqualTo("short");
    }

    @ParameterizedTest(name = "{0} models")
    @ValueSource(ints = {1, 12})
    void toPng_anyReport_isAPictureWithInkOfEveryModel(int models) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(
                HtmlReport.of(SampleReports.of(models, 0.1), "NDCG@10").toPng()));

        assertThat(image.getWidth()).isEqualTo(1904);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        for (int model = 0; model < models; model++) {
            assertThat(colours).contains(Integer.decode(Ink.series(model).light()));
        }
    }

    @Test
    void toHtml_manyPairs_areFolded() {
        assertThat(HtmlReport.of(SampleReports.of(12, 0.1), "NDCG@10").toHtml())
                .contains("<details><summary>66 pairs</summary>");
        assertThat(HtmlReport.of(SampleReports.of(3, 0.1), "NDCG@10").toHtml()).doesNotContain("<details>");
    }
}
