package io.github.recsys4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.metric.BeyondAccuracy;
import io.github.recsys4j.eval.metric.Direction;
import io.github.recsys4j.eval.metric.HitRate;
import io.github.recsys4j.eval.metric.ItemPopularity;
import io.github.recsys4j.eval.metric.MedianRank;
import io.github.recsys4j.eval.metric.Ndcg;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.testing.Checkerboard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SignificanceTest {

    /** Finds a user's target, which is item 0, with a probability that is drawn per user. */
    private record Lucky(String name, long seed, double probability) implements Recommender {
        @Override
        public RecommendationResult recommend(RecommendationRequest request) {
            long user = Long.parseLong(request.userId().orElseThrow());
            boolean hit = new SplittableRandom(seed << 32 | user).nextDouble() < probability;
            return RecommendationResult.of(List.of(new Recommendation(hit ? "0" : "1", 1)));
        }
    }

    private static HeldOut users(int count) {
        HeldOut.Builder cases = HeldOut.builder(ToyModels.numbered(count), ToyModels.numbered(4));
        IntStream.range(0, count).forEach(user -> cases.add(user, new int[0], new int[] {0}));
        return cases.build();
    }

    private static EvaluationReport report(Confidence confidence, int users, Recommender... models) {
        return Evaluator.builder()
                .metrics(new HitRate(1))
                .confidence(confidence)
                .build()
                .evaluate(List.of(models), users(users));
    }

    private static Confidence with(PairedTest test) {
        return new Confidence(0.95, 1000, test, 7);
    }

    @ParameterizedTest
    @EnumSource(PairedTest.class)
    void verdict_realDifference_isCalledOne(PairedTest test) {
        EvaluationReport report = report(with(test), 400, new Lucky("good", 1, 0.6), new Lucky("bad", 2, 0.4));
        Comparison pair = report.comparisons("HitRate@1").get(0);
        assertThat(pair.verdict()).isEqualTo(Verdict.BETTER);
        assertThat(pair.model()).isEqualTo("good");
        assertThat(pair.difference().contains(0)).isFalse();
        assertThat(pair.difference().mean())
                .isCloseTo(
                        report.model("good").metric("HitRate@1")
                                - report.model("bad").metric("HitRate@1"),
                        within(1e-12));
        assertThat(pair.significance().users()).isEqualTo(400);
        assertThat(report(with(test), 400, new Lucky("bad", 2, 0.4), new Lucky("good", 1, 0.6))
                        .comparisons()
                        .get(0)
                        .verdict())
                .isEqualTo(Verdict.WORSE);
    }

    /** Of 200 pairs that do not differ about one in twenty is called different: more than 20 has odds of 1 in 1000. */
    @ParameterizedTest
    @EnumSource(PairedTest.class)
    void verdict_equalsByDistribution_areRarelyCalledDifferent(PairedTest test) {
        Confidence quick = new Confidence(0.95, 200, test, 7);
        long called = IntStream.range(0, 200)
                .mapToObj(trial ->
                        report(quick, 100, new Lucky("one", 2L * trial, 0.5), new Lucky("other", 2L * trial + 1, 0.5)))
                .filter(report -> report.comparisons().get(0).verdict() != Verdict.NOT_DISTINGUISHABLE)
                .count();
        assertThat(called).isBetween(1L, 20L);
    }

    @Test
    void verdict_sameAnswers_areNotDistinguishable() {
        Comparison pair = report(with(PairedTest.T), 50, new Lucky("one", 1, 0.5), new Lucky("twin", 1, 0.5))
                .comparisons()
                .get(0);
        assertThat(pair.verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(pair.significance().pValue()).isEqualTo(1);
        assertThat(pair.difference()).isEqualTo(new Interval(0, 0, 0, 0.95));
    }

    /** Differences 1, 2, 3, 4 and 0 halves: t = 2.8284, p = 0.0474 as by R's t.test(c(.5, 1, 1.5, 2, 0)). */
    @Test
    void pValue_ofT_isStudents() {
        PerCase one = new PerCase(List.of("a", "b", "c", "d", "e"), Map.of("M", new double[] {0.5, 1, 1.5, 2, 0}));
        PerCase zero = new PerCase(one.userIds(), Map.of("M", new double[5]));
        Comparison pair = compared(Confidence.standard(), one, zero).get(0);
        assertThat(pair.significance().pValue()).isCloseTo(0.04742065558431961, within(1e-9));
    }

    /** All 32 signs of five differences: only all plus and all minus reach the observed sum, and zero has two. */
    @Test
    void pValue_ofRandomisation_approachesTheShareOfAllSigns() {
        PerCase one = new PerCase(List.of("a", "b", "c", "d", "e"), Map.of("M", new double[] {0.5, 1, 1.5, 2, 0}));
        PerCase zero = new PerCase(one.userIds(), Map.of("M", new double[5]));
        Comparison pair = compared(new Confidence(0.95, 20_000, PairedTest.RANDOMISATION, 3), one, zero)
                .get(0);
        assertThat(pair.significance().pValue()).isCloseTo(4.0 / 32, within(0.01));
    }

    private static List<Comparison> compared(Confidence confidence, PerCase... cases) {
        List<ModelResult> models = IntStream.range(0, cases.length)
                .mapToObj(number -> new ModelResult(
                        "model" + number,
                        Map.of("M", Figure.of(0, Direction.HIGHER_IS_BETTER)),
                        0,
                        Optional.of(cases[number])))
                .toList();
        return new Significance(models, confidence).comparisons();
    }

    /** Of three p-values the least counts three times, the next twice, and none less than the one before. */
    @Test
    void adjusted_threeModels_isHolms() {
        List<Comparison> pairs = report(
                        with(PairedTest.T),
                        300,
                        new Lucky("a", 1, 0.6),
                        new Lucky("b", 2, 0.5),
                        new Lucky("c", 3, 0.45))
                .comparisons();
        double[] raw = pairs.stream()
                .mapToDouble(pair -> pair.significance().pValue())
                .sorted()
                .toArray();
        double[] adjusted = pairs.stream()
                .mapToDouble(pair -> pair.significance().adjustedPValue())
                .sorted()
                .toArray();
        double second = Math.max(3 * raw[0], 2 * raw[1]);
        assertThat(adjusted).containsExactly(3 * raw[0], second, Math.max(second, raw[2]));
        assertThat(pairs).extracting(Comparison::model).containsExactly("a", "a", "b");
    }

    @Test
    void interval_ofAShare_isNearTheNormalOne() {
        EvaluationReport report = report(Confidence.standard(), 1000, new Lucky("one", 5, 0.3));
        Figure figure = report.models().get(0).figure("HitRate@1");
        double error = figure.standardError().orElseThrow();
        Interval interval = figure.interval().orElseThrow();
        assertThat(interval.mean()).isEqualTo(figure.value());
        assertThat(interval.low()).isCloseTo(figure.value() - 1.96 * error, within(0.2 * error));
        assertThat(interval.high()).isCloseTo(figure.value() + 1.96 * error, within(0.2 * error));
        assertThat(report.comparisons()).isEmpty();
    }

    /** Ten copies of every case are no new users: without this the error would shrink by more than three. */
    @Test
    void interval_manyCasesOfAUser_drawsUsers() {
        HeldOut.Builder many = HeldOut.builder(ToyModels.numbered(60), ToyModels.numbered(4));
        for (int user = 0; user < 60; user++) {
            for (int copy = 0; copy < 10; copy++) {
                many.add(user, new int[0], new int[] {0});
            }
        }
        Evaluator evaluator = Evaluator.builder()
                .metrics(new HitRate(1))
                .confidence(Confidence.standard())
                .build();
        Lucky model = new Lucky("one", 5, 0.3);
        Figure expected = evaluator.evaluate(model, users(60)).models().get(0).figure("HitRate@1");
        Figure figure = evaluator.evaluate(model, many.build()).models().get(0).figure("HitRate@1");
        assertThat(figure.value()).isCloseTo(expected.value(), within(1e-12));
        assertThat(figure.standardError().orElseThrow())
                .isCloseTo(expected.standardError().orElseThrow(), within(1e-12));
        assertThat(figure.interval().orElseThrow().low())
                .isCloseTo(expected.interval().orElseThrow().low(), within(1e-12));
    }

    @Test
    void verdict_lowerIsBetterAndNeutral_followTheDirection() {
        EvaluationReport report = Evaluator.builder()
                .metrics(new MedianRank(), BeyondAccuracy.unseenShare(1), new Ndcg(1))
                .includeSeen()
                .build()
                .evaluate(List.of(new Lucky("good", 1, 0.9), new Lucky("bad", 2, 0.1)), users(100));
        assertThat(report.comparisons("MedianRank").get(0).verdict()).isEqualTo(Verdict.BETTER);
        assertThat(report.comparisons("MedianRank").get(0).difference().mean()).isNegative();
        assertThat(report.comparisons("UnseenShare@1").get(0).verdict()).isEqualTo(Verdict.NOT_DISTINGUISHABLE);
        assertThat(report.directions())
                .containsEntry("MedianRank", Direction.LOWER_IS_BETTER)
                .containsEntry("UnseenShare@1", Direction.NEUTRAL);
    }

    @Test
    void evaluate_severalModels_comparesAndDropsCasesUnlessKept(@TempDir Path folder) throws Exception {
        Evaluator.Builder builder = Evaluator.builder()
                .metrics(new HitRate(1), BeyondAccuracy.meanPopularity(1, ItemPopularity.of(Checkerboard.dataset())));
        List<Lucky> models = List.of(new Lucky("good", 1, 0.6), new Lucky("bad", 2, 0.4));
        EvaluationReport plain = builder.build().evaluate(models, users(3));
        assertThat(plain.models()).allMatch(model -> model.perCase().isEmpty());
        assertThatIllegalStateException()
                .isThrownBy(() -> plain.writePerCase(folder.resolve("cases.csv")))
                .withMessage("model \"good\" has no values per case: build the evaluator with keepPerCase()");
        EvaluationReport kept = builder.keepPerCase().build().evaluate(models, users(3));
        PerCase perCase = kept.model("good").perCase().orElseThrow();
        assertThat(Arrays.stream(perCase.values("HitRate@1")).average().orElseThrow())
                .isEqualTo(kept.metric("HitRate@1"));
        kept.writePerCase(folder.resolve("cases.csv"));
        List<String> lines = Files.readAllLines(folder.resolve("cases.csv"));
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).isEqualTo("model,user_id,HitRate@1,Popularity@1");
        assertThat(lines.get(1))
                .isEqualTo("good,0," + perCase.values("HitRate@1")[0] + "," + perCase.values("Popularity@1")[0]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perCase.values("NDCG@3"))
                .withMessage("metric \"NDCG@3\" was not measured case by case; there are [HitRate@1, Popularity@1]");
    }

    @Test
    void join_reportsOfSingleModels_equalsMeasuringThemTogether() {
        Evaluator evaluator =
                Evaluator.builder().metrics(new HitRate(1)).keepPerCase().build();
        List<Lucky> models = List.of(new Lucky("good", 1, 0.6), new Lucky("bad", 2, 0.4));
        List<EvaluationReport> apart = models.stream()
                .map(model -> evaluator.evaluate(model, users(80)))
                .toList();
        EvaluationReport joined = EvaluationReport.join(apart, Confidence.standard());
        assertThat(joined).isEqualTo(evaluator.evaluate(models, users(80)));
        EvaluationReport others = evaluator.evaluate(models.get(0), users(81));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvaluationReport.join(List.of(apart.get(0), others), Confidence.standard()))
                .withMessage("reports must share protocol and metrics, but those of \"good\" and \"good\" differ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EvaluationReport.join(List.of(), Confidence.standard()))
                .withMessage("reports must hold at least one, got none");
    }

    @Test
    void create_wrongSettings_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Confidence(95, 1000, PairedTest.T, 1))
                .withMessage("level must be between 0 and 1, such as 0.95, got 95.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Confidence(0.95, 10, PairedTest.T, 1))
                .withMessage("resamples must be at least 100, got 10: fewer have no tails to read");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interval(0, 1, -1, 0.95))
                .withMessage("low must be at most high, got 1.0 and -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interval(0, -1, 1, 1))
                .withMessage("level must be between 0 and 1, such as 0.95, got 1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PerCase(List.of("a"), Map.of("M", new double[2])))
                .withMessage("values of M must have one entry per case = 1, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Figure.of(Double.NaN, Direction.NEUTRAL))
                .withMessage("value must be a number, got NaN");
    }

    @Test
    void metricLabel_anyLabel_isTakenApart() {
        assertThat(MetricLabel.of("NDCG@10 (sampled 100 uniform)"))
                .isEqualTo(new MetricLabel("NDCG", OptionalInt.of(10), "(sampled 100 uniform)"));
        assertThat(MetricLabel.of("Exposure@5 [books]"))
                .isEqualTo(new MetricLabel("Exposure", OptionalInt.of(5), "[books]"));
        assertThat(MetricLabel.of("AUC (given candidates)"))
                .isEqualTo(new MetricLabel("AUC", OptionalInt.empty(), "(given candidates)"));
        assertThat(MetricLabel.of("[odd]")).isEqualTo(new MetricLabel("[odd]", OptionalInt.empty(), ""));
    }
}
