package io.github.recsys4j.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.Ints;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.eval.ToyModels.Products;
import io.github.recsys4j.eval.ToyModels.Scripted;
import io.github.recsys4j.eval.metric.Auc;
import io.github.recsys4j.eval.metric.AverageRank;
import io.github.recsys4j.eval.metric.BeyondAccuracy;
import io.github.recsys4j.eval.metric.GroupedAuc;
import io.github.recsys4j.eval.metric.MedianRank;
import io.github.recsys4j.eval.metric.Ndcg;
import io.github.recsys4j.eval.metric.Recall;
import io.github.recsys4j.split.HeldOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CandidatesTest {
    private static final int ITEMS = 200;
    private static final HeldOut CASES = ToyModels.cases(11, 300, ITEMS);

    /** Item i has i interactions, all of user 0. */
    private static Dataset train(int items) {
        int[] column = IntStream.range(0, items)
                .flatMap(item -> IntStream.range(0, item).map(copy -> item))
                .toArray();
        return Dataset.of(
                ToyModels.numbered(1),
                ToyModels.numbered(items),
                Interactions.ofSorted(new int[] {0, column.length}, column, Optional.empty(), Optional.empty()));
    }

    private static Evaluator.Builder ranks() {
        return Evaluator.builder()
                .metrics(new AverageRank(), new MedianRank(), new Auc(), new GroupedAuc(), new Ndcg(10));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void evaluate_ranksByCounting_equalThoseOfFullLists(boolean seenFiltered) {
        Evaluator.Builder builder = seenFiltered ? ranks() : ranks().includeSeen();
        Products vectors = new Products(CASES.items(), true);
        EvaluationReport counted = builder.build().evaluate(vectors, CASES);
        EvaluationReport listed = builder.build().evaluate(new Products(CASES.items(), false), CASES);
        assertThat(counted).isEqualTo(listed);
        assertThat(counted.metric("AUC")).isBetween(0.2, 0.8);
        long lost = CASES.cases()
                .filter(index ->
                        Arrays.stream(CASES.targets(index)).allMatch(item -> Ints.contains(CASES.history(index), item)))
                .count();
        assertThat(lost).isPositive();
        assertThat(counted.models().get(0).figure("AUC").undefinedCases()).isEqualTo(seenFiltered ? (int) lost : 0);
    }

    @ParameterizedTest
    @EnumSource(Sampling.class)
    void sampled_anyWeights_drawsDistinctUnseenNegatives(Sampling sampling) {
        CandidateSet candidates = CandidateSet.sampled(30, sampling, train(ITEMS), 5);
        for (int index = 0; index < CASES.size(); index++) {
            int[] drawn = candidates.of(CASES, index).orElseThrow();
            int[] targets = Arrays.stream(CASES.targets(index)).distinct().toArray();
            assertThat(drawn)
                    .hasSize(targets.length + 30)
                    .doesNotHaveDuplicates()
                    .startsWith(targets);
            int[] history = CASES.history(index);
            assertThat(Arrays.stream(drawn).skip(targets.length)).noneMatch(item -> Ints.contains(history, item));
        }
        assertThat(CandidateSet.sampled(30, sampling, train(ITEMS), 5)
                        .of(CASES, 9)
                        .orElseThrow())
                .isEqualTo(candidates.of(CASES, 9).orElseThrow())
                .isNotEqualTo(CandidateSet.sampled(30, sampling, train(ITEMS), 6)
                        .of(CASES, 9)
                        .orElseThrow());
        assertThat(candidates.of(CASES.select(new int[] {9}), 0).orElseThrow())
                .as("other cases do not matter")
                .isEqualTo(candidates.of(CASES, 9).orElseThrow());
    }

    /** One draw of four items with 0, 1, 2 and 3 interactions: weights 1, 2, 3, 4 or their inverses. */
    @ParameterizedTest
    @EnumSource(Sampling.class)
    void sampled_oneNegative_isDrawnInProportionToItsTrainingCount(Sampling sampling) {
        Dataset train = train(4);
        HeldOut.Builder builder = HeldOut.builder(ToyModels.numbered(20_000), ToyModels.numbered(5));
        IntStream.range(0, 20_000).forEach(user -> builder.add(user, new int[] {4}, new int[] {4}));
        HeldOut cases = builder.build();
        Dataset five = Dataset.of(train.users(), ToyModels.numbered(5), train.interactions());
        CandidateSet candidates = CandidateSet.sampled(1, sampling, five, 3);
        double[] shares = new double[4];
        cases.cases().forEach(index -> shares[candidates.of(cases, index).orElseThrow()[1]] += 1 / 20_000.0);
        double[] weights = IntStream.range(0, 4).mapToDouble(sampling::weight).toArray();
        double total = Arrays.stream(weights).sum();
        for (int item = 0; item < 4; item++) {
            assertThat(shares[item]).isCloseTo(weights[item] / total, within(0.02));
        }
    }

    /** System A's sampler failed where fewer items had a positive weight than it was to draw. */
    @Test
    void sampled_moreThanThereAre_givesAllAndNeverFails() {
        Dataset one = Dataset.of(
                ToyModels.numbered(1),
                ToyModels.numbered(6),
                Interactions.ofSorted(new int[] {0, 1}, new int[] {5}, Optional.empty(), Optional.empty()));
        HeldOut cases = HeldOut.builder(ToyModels.numbered(1), ToyModels.numbered(6))
                .add(0, new int[] {1}, new int[] {0})
                .build();
        for (Sampling sampling : Sampling.values()) {
            assertThat(CandidateSet.sampled(100, sampling, one, 1).of(cases, 0).orElseThrow())
                    .containsExactlyInAnyOrder(0, 2, 3, 4, 5);
            assertThat(CandidateSet.sampled(4, sampling, one, 1).of(cases, 0).orElseThrow())
                    .containsExactlyInAnyOrder(0, 2, 3, 4, 5);
        }
    }

    @Test
    void evaluate_sampled_saysSoInEveryNameAndIsHigherThanFullRanking() {
        Products model = new Products(CASES.items(), true);
        Evaluator.Builder builder = Evaluator.builder().metrics(new Recall(10));
        double full = builder.build().evaluate(model, CASES).metric("Recall@10");
        EvaluationReport sampled = builder.candidates(CandidateSet.sampled(20, Sampling.UNIFORM, train(ITEMS), 1))
                .listMetrics(BeyondAccuracy.ofLists(10))
                .build()
                .evaluate(model, CASES);
        assertThat(sampled.definitions().keySet()).allMatch(label -> label.endsWith(" (sampled 20 uniform)"));
        assertThat(sampled.metric("Recall@10 (sampled 20 uniform)")).isGreaterThan(3 * full);
        assertThat(sampled.protocol().candidates())
                .isEqualTo("the targets among 20 sampled items that are neither targets nor in the history (uniform,"
                        + " seed 1)");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void evaluate_sampledOnAnyThreads_givesTheSame(int threads) {
        CandidateSet candidates = CandidateSet.sampled(20, Sampling.POPULARITY, train(ITEMS), 1);
        EvaluationReport expected =
                ranks().candidates(candidates).build().evaluate(new Products(CASES.items(), true), CASES);
        assertThat(ranks().candidates(candidates)
                        .threads(threads)
                        .build()
                        .evaluate(new Products(CASES.items(), false), CASES))
                .isEqualTo(expected);
    }

    @Test
    void evaluate_givenCandidates_ranksOnlyThese() {
        HeldOut cases = HeldOut.builder(ToyModels.numbered(2), ToyModels.numbered(9))
                .add(0, new int[] {8}, new int[] {3})
                .add(1, new int[0], new int[] {4})
                .build();
        Recommender lowest = new Scripted(request -> request.candidates().orElseThrow().stream()
                .filter(item -> !request.history().orElseThrow().contains(item))
                .sorted()
                .map(item -> new Recommendation(item, 0))
                .limit(request.k())
                .toList());
        Evaluator evaluator = Evaluator.builder()
                .metrics(new Recall(1), new AverageRank())
                .candidates(CandidateSet.given(index -> index == 0 ? new int[] {5, 3, 8} : new int[] {2, 4, 1, 0}))
                .threads(1)
                .build();
        EvaluationReport report = evaluator.evaluate(lowest, cases);
        assertThat(report.metric("Recall@1 (given candidates)")).isEqualTo(0.5);
        assertThat(report.metric("AverageRank (given candidates)")).isEqualTo((1 + 4) / 2.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        evaluator.evaluate(new Scripted(request -> List.of(new Recommendation("7", 1))), cases))
                .withMessage("recommender \"scripted\" breaks the contract for user \"0\": it returned item \"7\","
                        + " which is no candidate");
    }

    /** System A ranked only the positives, where every order is right. */
    @Test
    void evaluate_allCandidatesRelevant_isRefusedOrReported() {
        HeldOut cases = HeldOut.builder(ToyModels.numbered(2), ToyModels.numbered(9))
                .add(0, new int[] {8}, new int[] {3, 5})
                .add(1, new int[0], new int[] {4})
                .build();
        List<int[]> lists = List.of(new int[] {3}, new int[] {4});
        Evaluator.Builder builder = Evaluator.builder().metrics(new Recall(1), new Auc());
        Evaluator onlyTargets = builder.candidates(
                        CandidateSet.given(index -> index == 0 ? new int[] {3, 5, 8} : new int[] {4}))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> onlyTargets.evaluate("mine", lists, cases))
                .withMessage("candidates must hold items that are not relevant: in all 2 cases every candidate is, so"
                        + " that any order scores best; add what the user was shown and did not choose");
        EvaluationReport seenCompete = builder.includeSeen().build().evaluate("mine", lists, cases);
        assertThat(seenCompete.protocol().candidates())
                .isEqualTo("the candidates given with each case; in 1 of 2 cases all of them are relevant, so that any"
                        + " order scores best");
        assertThat(builder.candidates(CandidateSet.of(3, 4, 5, 6))
                        .build()
                        .evaluate("mine", lists, cases)
                        .protocol()
                        .candidates())
                .isEqualTo("the candidates given with each case");
    }

    @Test
    void metric_undefinedForEveryCase_saysSoAndWhatItNeeds() {
        HeldOut cases = HeldOut.builder(ToyModels.numbered(1), ToyModels.numbered(9))
                .add(0, new int[] {3}, new int[] {3})
                .build();
        EvaluationReport report = ranks().build().evaluate("mine", List.of(new int[] {1}), cases);
        assertThat(report.models().get(0).figures()).containsOnlyKeys("NDCG@10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.metric("AUC"))
                .withMessage("metric \"AUC\" is undefined for every case of \"mine\", so it has no mean: no case has"
                        + " what its definition needs (share of pairs (relevant, other candidate) with the relevant"
                        + " one higher, per case)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.metric("ROC"))
                .withMessage("metric \"ROC\" was not measured, or is undefined for every case; there are [NDCG@10]");
    }

    @Test
    void evaluate_readyLists_equalTheRecommenderThatGaveThem() {
        Products model = new Products(CASES.items(), false);
        List<int[]> lists = CASES.cases()
                .mapToObj(index -> model.recommend(CASES.request(index).k(ITEMS).build()))
                .map(CandidatesTest::items)
                .toList();
        EvaluationReport ready = ranks().build().evaluate("products", lists, CASES);
        assertThat(ready.models().get(0).metrics())
                .isEqualTo(
                        ranks().build().evaluate(model, CASES).models().get(0).metrics());
        List<int[]> seen = new ArrayList<>(lists);
        int user = CASES.cases()
                .filter(index -> CASES.history(index).length > 0)
                .findFirst()
                .orElseThrow();
        int item = CASES.history(user)[0];
        seen.set(user, new int[] {item});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranks().build().evaluate("mine", seen, CASES))
                .withMessage("list of \"mine\" for user \"" + user + "\" must hold candidates once each, unseen ones"
                        + " where seen items are filtered, got item " + item);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranks().build().evaluate("mine", List.of(), CASES))
                .withMessage("lists of \"mine\" must be one per case = 300, got 0");
    }

    private static int[] items(RecommendationResult result) {
        return result.recommendations().stream()
                .mapToInt(one -> CASES.items().indexOf(one.itemId()))
                .toArray();
    }

    @Test
    void create_wrongSettings_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CandidateSet.of())
                .withMessage("candidates must not be empty: give the items to rank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CandidateSet.sampled(0, Sampling.UNIFORM, train(3), 1))
                .withMessage("count of sampled negatives must be at least 1, got 0");
    }

    @Test
    void tasks_ofOneSplit_cutItDown() {
        HeldOut cases = HeldOut.builder(ToyModels.numbered(3), ToyModels.numbered(4))
                .add(0, new int[] {3}, new int[] {2, 0, 1})
                .add(2, new int[] {3}, new int[] {1, 3})
                .build();
        Dataset train = Dataset.of(
                ToyModels.numbered(3),
                ToyModels.numbered(4),
                Interactions.ofSorted(new int[] {0, 2, 3, 3}, new int[] {3, 1, 1}, Optional.empty(), Optional.empty()));
        HeldOut users = Tasks.coldUsers(train, cases, 0);
        assertThat(users.size()).isEqualTo(1);
        assertThat(users.user(0)).isEqualTo(2);
        HeldOut items = Tasks.coldItems(train, cases, 0);
        assertThat(items.size()).isEqualTo(1);
        assertThat(items.targets(0)).containsExactly(2, 0);
        assertThat(Tasks.coldItems(train, cases, 1).targets(1)).containsExactly(3);
        assertThat(Tasks.nextN(cases, 2).targets(0)).containsExactly(2, 0);
        HeldOut single = Tasks.successive(cases);
        assertThat(single.size()).isEqualTo(5);
        assertThat(single.history(2)).containsExactly(3, 2, 0);
        assertThat(single.targets(2)).containsExactly(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tasks.nextN(cases, 0))
                .withMessage("n must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tasks.coldUsers(train, cases, -1))
                .withMessage("cases must hold users with at most -1 training interactions, got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tasks.coldItems(train, cases, -1))
                .withMessage("targets must hold items with at most -1 training interactions, got none");
    }
}
