package io.github.recsys4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.eval.metric.Direction;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeadlineTest {
    private static final String METRIC = "NDCG@10";
    private static final Protocol PROTOCOL =
            new Protocol("split", "all", "seen", "ties", "mean", new Protocol.Counts(40, 40, 0, 10, 40, 0));

    /** A model that scores {@code high} for every other user and {@code low} for the rest. */
    private static EvaluationReport report(String name, double high, double low, Direction direction) {
        double[] values = IntStream.range(0, 40)
                .mapToDouble(user -> user % 2 == 0 ? high : low)
                .toArray();
        List<String> users = IntStream.range(0, 40).mapToObj(i -> "u" + i).toList();
        Figure figure = Figure.of(Arrays.stream(values).average().orElseThrow(), direction);
        ModelResult model = new ModelResult(
                name, Map.of(METRIC, figure), 0, Optional.of(new PerCase(users, Map.of(METRIC, values))));
        return new EvaluationReport(PROTOCOL, Map.of(METRIC, "a formula"), List.of(model));
    }

    private static EvaluationReport joined(EvaluationReport... reports) {
        return EvaluationReport.join(List.of(reports), Confidence.standard());
    }

    private static EvaluationReport report(String name, double high, double low) {
        return report(name, high, low, Direction.HIGHER_IS_BETTER);
    }

    @Test
    void sentence_realDifference_saysWhoByHowMuchAndThatItIsHardlyLuck() {
        EvaluationReport report = joined(report("weak", 0.1, 0.3), report("strong", 0.5, 0.6));

        assertThat(report.headline(METRIC).sentence())
                .matches("strong wins by NDCG@10: 0\\.5500, \\+0\\.3500 \\(\\+175\\.0 %\\) against weak, 95 % interval"
                        + " \\[0\\.3\\d{3}, 0\\.3\\d{3}\\]\\. That is hardly luck \\(p < 0\\.0001\\)\\.");
    }

    @Test
    void sentence_noRealDifference_namesThoseThatAreEqual() {
        EvaluationReport report = joined(report("a", 0.2, 0.4), report("b", 0.405, 0.2), report("weak", 0.01, 0.02));

        assertThat(report.headline(METRIC).sentence())
                .startsWith("No clear winner by NDCG@10: b has 0.3025, +0.0025 (+0.8 %) against a, 95 % interval [-")
                .contains("It cannot be told from a: the lead may be luck (p = 0.")
                .doesNotContain("from a, weak");
    }

    @Test
    void sentence_lowerIsBetter_theLowestWins() {
        EvaluationReport report = joined(
                report("far", 30, 40, Direction.LOWER_IS_BETTER), report("near", 10, 20, Direction.LOWER_IS_BETTER));

        assertThat(report.headline(METRIC).sentence()).startsWith("near wins by NDCG@10: 15.00, -20.00 (-57.1 %)");
        assertThat(report.headline(METRIC).lead())
                .extracting(Comparison::verdict)
                .containsExactly(Verdict.BETTER);
    }

    @Test
    void lead_everyOrderOfModels_isSeenFromTheBest() {
        EvaluationReport report =
                joined(report("weak", 0.1, 0.2), report("strong", 0.5, 0.6), report("middle", 0.3, 0.4));
        List<Comparison> lead = report.headline(METRIC).lead();

        assertThat(lead).extracting(Comparison::model).containsOnly("strong");
        assertThat(lead).extracting(Comparison::other).containsExactly("middle", "weak");
        assertThat(lead).allSatisfy(pair -> {
            assertThat(pair.difference().mean()).isPositive();
            assertThat(pair.difference().low())
                    .isLessThanOrEqualTo(pair.difference().high());
            assertThat(pair.verdict()).isEqualTo(Verdict.BETTER);
        });
    }

    @Test
    void reversed_twice_isTheSame() {
        Comparison pair = joined(report("a", 0.1, 0.2), report("b", 0.5, 0.6))
                .comparisons(METRIC)
                .get(0);

        assertThat(pair.verdict()).isEqualTo(Verdict.WORSE);
        assertThat(pair.reversed().verdict()).isEqualTo(Verdict.BETTER);
        assertThat(pair.reversed().difference().low())
                .isEqualTo(-pair.difference().high());
        assertThat(pair.reversed().reversed()).isEqualTo(pair);
    }

    @Test
    void toMarkdownAndJson_comparedModels_beginWithTheSentence() {
        EvaluationReport report = joined(report("weak|*", 0.1, 0.3), report("strong", 0.5, 0.6));
        String sentence = report.headline(METRIC).sentence();

        assertThat(report.toMarkdown())
                .startsWith("# Evaluation\n\n**strong wins by NDCG@10")
                .contains("## NDCG@10: strong against the others", "| weak\\|\\* | +0.3500 | 95 % interval [0.3")
                .contains("| p < 0.0001 | better |");
        assertThat(report.toJson()).contains("\"headline\" : \"" + sentence);
    }

    @Test
    void headline_metricNotMeasured_throwsNamingTheOthers() {
        EvaluationReport report = report("a", 0, 1);

        assertThatThrownBy(() -> report.headline("NDCG@5"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("metric \"NDCG@5\" was not measured; there are [NDCG@10]");
    }

    @Test
    void numbers_anySize_keepFourDigitsOrFewer() {
        assertThat(Numbers.text(0.12345)).isEqualTo("0.1235");
        assertThat(Numbers.text(12.345)).isEqualTo("12.35");
        assertThat(Numbers.text(12345.6)).isEqualTo("12346");
        assertThat(Numbers.signed(-0.5)).isEqualTo("-0.5000");
        assertThat(Numbers.signed(0)).isEqualTo("+0.0000");
    }
}
