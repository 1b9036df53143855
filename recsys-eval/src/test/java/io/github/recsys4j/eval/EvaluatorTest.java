package io.github.recsys4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.InferenceException;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.ToyModels.Products;
import io.github.recsys4j.eval.ToyModels.Scripted;
import io.github.recsys4j.eval.baseline.Baselines;
import io.github.recsys4j.eval.baseline.Popularity;
import io.github.recsys4j.eval.metric.F1;
import io.github.recsys4j.eval.metric.HitRate;
import io.github.recsys4j.eval.metric.Judged;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Metrics;
import io.github.recsys4j.eval.metric.Ndcg;
import io.github.recsys4j.eval.metric.Recall;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.SplitReport;
import io.github.recsys4j.testing.Checkerboard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluatorTest {

    private static Recommender always(String... itemIds) {
        return new Scripted(request -> ranked(itemIds));
    }

    private static List<Recommendation> ranked(String... itemIds) {
        return IntStream.range(0, itemIds.length)
                .mapToObj(place -> new Recommendation(itemIds[place], -place))
                .toList();
    }

    private static HeldOut twoCases() {
        return HeldOut.builder(ToyModels.numbered(3), ToyModels.numbered(8))
                .add(0, new int[] {4, 5}, new int[] {2})
                .add(2, new int[] {6}, new int[] {1, 7})
                .build();
    }

    @Test
    void evaluate_twoCases_givesTheMeansWorkedOutByHand() {
        EvaluationReport report = Evaluator.builder()
                .metrics(new Ndcg(3), new Recall(2), new HitRate(1), new F1(2))
                .build()
                .evaluate(always("1", "2", "0"), twoCases());
        double second = 1 / (Math.log(3) / Math.log(2));
        assertThat(report.metric("NDCG@3")).isCloseTo((second + 1 / (1 + second)) / 2, within(1e-12));
        assertThat(report.metric("Recall@2")).isEqualTo(0.75);
        assertThat(report.metric("HitRate@1")).isEqualTo(0.5);
        assertThat(report.metric("F1@2")).isCloseTo((2.0 / 3 + 0.5) / 2, within(1e-12));
        assertThat(report.models().get(0).standardErrors().get("HitRate@1")).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void evaluate_twoCases_countsThem() {
        Protocol.Counts counts = Evaluator.builder()
                .build()
                .evaluate(always("1"), twoCases())
                .protocol()
                .counts();
        assertThat(counts).isEqualTo(new Protocol.Counts(2, 2, 1, 8, 3, 0));
    }

    @Test
    void evaluate_targetInTheHistory_isCountedAsSeen() {
        HeldOut cases = HeldOut.builder(ToyModels.numbered(1), ToyModels.numbered(4))
                .add(0, new int[] {2, 2}, new int[] {2, 3, 3})
                .build();
        Protocol.Counts counts = Evaluator.builder()
                .build()
                .evaluate(always("1"), cases)
                .protocol()
                .counts();
        assertThat(counts.targets()).isEqualTo(2);
        assertThat(counts.targetsSeen()).isEqualTo(1);
    }

    @Test
    void evaluate_anyRecommender_isAskedForTheLargestCutoffWithoutTargets() {
        List<RecommendationRequest> asked = new ArrayList<>();
        Scripted recorder = new Scripted(request -> {
            asked.add(request);
            return List.of();
        });
        Evaluator.builder().metrics(Metrics.at(2, 7, 5)).threads(1).build().evaluate(recorder, twoCases());
        assertThat(asked).extracting(RecommendationRequest::k).containsExactly(7, 7);
        assertThat(asked.get(0).userId()).contains("0");
        assertThat(asked.get(0).history()).contains(List.of("4", "5"));
        assertThat(asked).allMatch(RecommendationRequest::seenExcluded);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void evaluate_vectors_equalsAskingTheRecommender(boolean seenFiltered) {
        HeldOut cases = ToyModels.cases(3, 1100, 90);
        Evaluator.Builder builder = Evaluator.builder().metrics(Metrics.at(1, 5, 20));
        Evaluator evaluator = (seenFiltered ? builder : builder.includeSeen()).build();
        EvaluationReport asked = evaluator.evaluate(new Products(cases.items(), false), cases);
        EvaluationReport products = evaluator.evaluate(new Products(cases.items(), true), cases);
        assertThat(products).isEqualTo(asked);
        assertThat(products.metric("NDCG@20")).isGreaterThan(0.05);
        assertThat(products.models().get(0).answeredByPopularity()).isGreaterThan(50);
    }

    @Test
    void evaluate_readyVectors_equalsTheScorer() {
        HeldOut cases = ToyModels.cases(4, 700, 50);
        Products model = new Products(cases.items(), true);
        float[] users = model.userVectors(
                cases.cases().mapToObj(index -> cases.request(index).build()).toList());
        Evaluator evaluator = Evaluator.builder().build();
        assertThat(evaluator.evaluate("toy", users, model.itemVectors(), cases))
                .isEqualTo(evaluator.evaluate("toy", model, cases));
    }

    @Test
    void evaluate_scorerOfOtherItems_asksTheRecommender() {
        HeldOut cases = twoCases();
        Products wider = new Products(ToyModels.numbered(9), true);
        Recommender model = new Recommender() {
            @Override
            public String name() {
                return "wider";
            }

            @Override
            public RecommendationResult recommend(RecommendationRequest request) {
                return RecommendationResult.of(ranked("2", "1", "7"));
            }

            @Override
            public Optional<BatchScorer> batchScorer() {
                return Optional.of(wider);
            }
        };
        Evaluator evaluator = Evaluator.builder().build();
        assertThat(evaluator.evaluate(model, cases).metric("Recall@10")).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate("toy", wider, cases))
                .withMessage("items of scorer \"toy\" must be those of the cases: 8 items, got 9");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void evaluate_anyNumberOfThreads_givesTheSameReport(int threads) {
        HeldOut cases = ToyModels.cases(9, 500, 60);
        Recommender model = new Products(cases.items(), false);
        EvaluationReport expected = Evaluator.builder().threads(3).build().evaluate(model, cases);
        assertThat(Evaluator.builder().threads(threads).build().evaluate(model, cases))
                .isEqualTo(expected);
    }

    static Stream<Arguments> broken() {
        Function<RecommendationRequest, List<Recommendation>> tooMany = request ->
                ranked(IntStream.range(0, 8).mapToObj(String::valueOf).toArray(String[]::new));
        return Stream.of(
                Arguments.of(script(ranked("3", "1", "3")), "it returned item \"3\" twice"),
                Arguments.of(script(ranked("3", "99")), "it returned item \"99\", which the data set lacks"),
                Arguments.of(script(ranked("3", "5")), "it returned item \"5\", which stands in the history"),
                Arguments.of(tooMany, "it returned 8 items where 3 are allowed"),
                Arguments.of(
                        script(List.of(new Recommendation("1", 1), new Recommendation("2", 2))),
                        "it returned item \"2\" after an item with a lower score"));
    }

    private static Function<RecommendationRequest, List<Recommendation>> script(List<Recommendation> answers) {
        return request -> answers;
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("broken")
    void evaluate_brokenAnswer_isRefusedNamingRecommenderAndUser(
            Function<RecommendationRequest, List<Recommendation>> script, String complaint) {
        Evaluator evaluator = Evaluator.builder().metrics(new Recall(3)).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate(new Scripted(script), twoCases()))
                .withMessage("recommender \"scripted\" breaks the contract for user \"0\": " + complaint);
    }

    @Test
    void evaluate_throwingRecommender_isReportedWithItsUser() {
        Scripted model = new Scripted(request -> {
            if (request.userId().orElseThrow().equals("2")) {
                return List.of(new Recommendation("1", Float.NaN));
            }
            return ranked("1");
        });
        assertThatExceptionOfType(InferenceException.class)
                .isThrownBy(() -> Evaluator.builder().build().evaluate(model, twoCases()))
                .withMessage(
                        "recommender \"scripted\" failed for user \"2\": score of item 1 must be a number, got NaN");
    }

    @Test
    void evaluate_resultsMissing_isRefused() {
        Recommender silent = new Recommender() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public RecommendationResult recommend(RecommendationRequest request) {
                return RecommendationResult.of(List.of());
            }

            @Override
            public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
                return List.of();
            }
        };
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.builder().build().evaluate(silent, twoCases()))
                .withMessage("recommender \"silent\" must answer each of 2 requests, got 0 results, first user \"0\"");
    }

    @Test
    void evaluate_vectorsThatCannotRank_areRefusedNamingTheUser() {
        HeldOut cases = twoCases();
        Evaluator evaluator = Evaluator.builder().build();
        float[] items = new float[16];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate("toy", new float[] {1, 2, 3, Float.NaN}, items, cases))
                .withMessageStartingWith("recommender \"toy\" gave a vector for user \"2\" that cannot rank: ")
                .withMessageContaining("NaN");
        items[3] = Float.NEGATIVE_INFINITY;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate("toy", new float[4], items, cases))
                .withMessageStartingWith("recommender \"toy\" gave item vectors that cannot rank: ")
                .withMessageContaining("-Infinity in row 1, column 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate("toy", new float[5], new float[16], cases))
                .withMessage("recommender \"toy\" must give users * dim = 2 * 2 floats of user vectors, got 5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate("toy", new float[4], new float[15], cases))
                .withMessage("recommender \"toy\" must give items * dim = 8 * 2 floats of item vectors, got 15");
    }

    @Test
    void evaluate_ownMetric_isAFewLines() {
        record FirstHit(int k) implements Metric {
            @Override
            public String label() {
                return "FirstHit@" + k;
            }

            @Override
            public String definition() {
                return "1 if the best recommendation is relevant";
            }

            @Override
            public double measure(Judged judged) {
                return judged.hits(1);
            }
        }
        EvaluationReport report =
                Evaluator.builder().metrics(new FirstHit(1)).build().evaluate(always("1"), twoCases());
        assertThat(report.metric("FirstHit@1")).isEqualTo(0.5);
        assertThat(report.definitions()).containsEntry("FirstHit@1", "1 if the best recommendation is relevant");
    }

    @Test
    void evaluate_metricGivesNaN_isRefused() {
        record Nothing(int k) implements Metric {
            @Override
            public String label() {
                return "Nothing";
            }

            @Override
            public String definition() {
                return "0 / 0";
            }

            @Override
            public double measure(Judged judged) {
                return Double.NaN;
            }
        }
        Evaluator evaluator = Evaluator.builder().metrics(new Nothing(1)).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> evaluator.evaluate(always("1"), twoCases()))
                .withMessage(
                        "metric Nothing must give a number for every case, got NaN: check its measure, or give such cases"
                                + " weight 0");
    }

    private static Split checkerboard() {
        HeldOut.Builder test = HeldOut.builder(Checkerboard.dataset().users(), ToyModels.numbered(Checkerboard.SIZE));
        HeldOut.Builder validation =
                HeldOut.builder(Checkerboard.dataset().users(), ToyModels.numbered(Checkerboard.SIZE));
        for (int user = 0; user < Checkerboard.SIZE; user++) {
            int[] history = Checkerboard.dataset().interactions().items(user);
            test.add(user, history, new int[] {user});
            validation.add(user, history, new int[] {(user + 1) % Checkerboard.SIZE});
        }
        HeldOut validationCases = validation.build();
        HeldOut testCases = test.build();
        return new Split(
                Checkerboard.dataset(),
                validationCases,
                testCases,
                SplitReport.measure("checkerboard", Checkerboard.dataset(), validationCases, testCases));
    }

    @Test
    void evaluate_compareWithBaselines_trainsAndMeasuresEach() {
        EvaluationReport report =
                Evaluator.builder().compareWith(Baselines.all()).build().evaluate(always(), checkerboard());
        assertThat(report.models())
                .extracting(ModelResult::name)
                .containsExactly(
                        "scripted",
                        "random",
                        "popularity",
                        "recent-popularity",
                        "markov",
                        "decayed-markov",
                        "item-knn",
                        "user-knn",
                        "ease",
                        "slim",
                        "ials",
                        "bpr");
        assertThat(report.model("markov").metric("Recall@1")).isEqualTo(1);
        assertThat(report.model("popularity").metric("Recall@1")).isLessThan(0.2);
        assertThat(report.protocol().split()).isEqualTo("checkerboard, test cases");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.model("bert"))
                .withMessage("model \"bert\" was not measured; there are"
                        + " [scripted, random, popularity, recent-popularity, markov, decayed-markov, item-knn, user-knn,"
                        + " ease, slim, ials, bpr]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.metric("NDCG@7"))
                .withMessageStartingWith(
                        "metric \"NDCG@7\" was not measured, or is undefined for every case; there are [NDCG@10, ");
    }

    @Test
    void evaluate_onValidation_usesTheValidationCases() {
        Recommender next = new Scripted(request ->
                ranked(String.valueOf((Integer.parseInt(request.userId().orElseThrow()) + 1) % Checkerboard.SIZE)));
        EvaluationReport report = Evaluator.builder()
                .onValidation()
                .compareWith(List.of(new Popularity()))
                .build()
                .evaluate(next, checkerboard());
        assertThat(report.metric("Recall@1")).isEqualTo(1);
        assertThat(report.protocol().split()).isEqualTo("checkerboard, validation cases");
    }

    @Test
    void evaluate_noCases_isRefused() {
        HeldOut none =
                HeldOut.builder(ToyModels.numbered(1), ToyModels.numbered(1)).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.builder().build().evaluate(always("0"), none))
                .withMessage("cases must not be empty: the split held nothing out for this part");
    }

    @Test
    void evaluate_progress_isReportedToTheEnd() {
        List<Long> done = new ArrayList<>();
        HeldOut cases = ToyModels.cases(3, 150, 30);
        Evaluator.builder()
                .progress(progress -> done.add(progress.done()))
                .build()
                .evaluate(always(), cases);
        assertThat(done).isSorted().last().isEqualTo(150L);
    }

    @Test
    void build_wrongOptions_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.builder().threads(0))
                .withMessage("threads must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.builder().metrics())
                .withMessage("metrics must not be empty: choose one, such as new Ndcg(10)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.builder().metrics(new Ndcg(3), new Ndcg(3)))
                .withMessage("metrics must have distinct labels, got [NDCG@3, NDCG@3]");
    }
}
