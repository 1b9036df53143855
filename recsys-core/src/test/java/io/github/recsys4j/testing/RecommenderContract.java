package io.github.recsys4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every {@link Recommender} must do, on the {@link Checkerboard}. It is trained once for all tests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RecommenderContract {
    private static final int SIZE = Checkerboard.SIZE;
    private static final float TOLERANCE = 1e-4f;

    private Recommender recommender;

    /**
     * Trains the recommender under test.
     *
     * @param train what to learn from
     * @return the recommender; the suite closes it
     */
    protected abstract Recommender train(Dataset train);

    /** {@return whether the recommender finds the one missing item; what does not look at taste says false} */
    protected boolean solvesCheckerboard() {
        return true;
    }

    /** Trains once. */
    @BeforeAll
    protected final void open() {
        recommender = train(Checkerboard.dataset());
    }

    /** Closes it. */
    @AfterAll
    protected final void close() {
        recommender.close();
    }

    private static List<String> ids(List<Recommendation> recommendations) {
        return recommendations.stream().map(Recommendation::itemId).toList();
    }

    private static RecommendationRequest.Builder forHistoryOf(int user) {
        return RecommendationRequest.forHistory(Checkerboard.history(user));
    }

    private List<String> ask(RecommendationRequest.Builder request) {
        return ids(recommender.getRecommendations(request.build()));
    }

    @Test
    void name_always_isNotBlank() {
        assertThat(recommender.name()).isNotBlank();
    }

    @Test
    void recommend_knownUser_findsTheMissingItem() {
        assumeTrue(solvesCheckerboard(), "does not look at taste");
        for (int user = 0; user < SIZE; user++) {
            assertThat(ids(recommender.getRecommendations(String.valueOf(user), 1)))
                    .as("user %s", user)
                    .containsExactly(String.valueOf(user));
        }
    }

    @Test
    void recommend_newUserWithHistory_findsTheMissingItem() {
        assumeTrue(solvesCheckerboard(), "does not look at taste");
        for (int user = 0; user < SIZE; user++) {
            assertThat(ids(recommender.getRecommendations(Checkerboard.history(user), 1)))
                    .as("history of user %s", user)
                    .containsExactly(String.valueOf(user));
        }
    }

    @Test
    void recommend_anyK_givesAtMostKSortedWithoutDuplicatesOrSeen() {
        for (int k : new int[] {1, 2, 7, SIZE, 10 * SIZE}) {
            RecommendationResult result =
                    recommender.recommend(forHistoryOf(4).k(k).build());
            List<Recommendation> answers = result.recommendations();
            assertThat(ids(answers))
                    .hasSize(Math.min(k, SIZE - Checkerboard.history(4).size()))
                    .doesNotHaveDuplicates()
                    .doesNotContainAnyElementsOf(Checkerboard.history(4));
            assertThat(answers).isSortedAccordingTo((first, second) -> Float.compare(second.score(), first.score()));
            assertThat(result.source()).isEqualTo(Source.MODEL);
            assertThat(result.unknownItems()).isEmpty();
        }
    }

    @Test
    void recommend_largerK_keepsTheBeginning() {
        List<String> all = ask(forHistoryOf(5).k(SIZE));
        assertThat(ask(forHistoryOf(5).k(4))).isEqualTo(all.subList(0, 4));
    }

    @Test
    void recommend_includeSeen_ranksTheWholeCatalogue() {
        assertThat(ask(forHistoryOf(4).includeSeen().k(SIZE))).hasSize(SIZE).doesNotHaveDuplicates();
    }

    @Test
    void recommend_otherItemsSeen_filtersThoseInstead() {
        assertThat(ask(forHistoryOf(4).seen(List.of("4", "nobody")).k(SIZE)))
                .hasSize(SIZE - 1)
                .doesNotContain("4");
    }

    @Test
    void recommend_knownUserWithoutHistory_filtersWhatTheUserHas() {
        assertThat(ids(recommender.getRecommendations("6", SIZE))).doesNotContainAnyElementsOf(Checkerboard.history(6));
    }

    @Test
    void recommend_candidates_ranksOnlyThose() {
        Set<String> candidates = Set.of("1", "2", "3", "8", "nobody");
        assertThat(ask(forHistoryOf(4).candidates(candidates).k(SIZE))).containsExactlyInAnyOrder("1", "3");
        assertThat(ask(forHistoryOf(4).candidates(candidates).includeSeen().k(SIZE)))
                .containsExactlyInAnyOrder("1", "2", "3", "8");
        assertThat(ask(forHistoryOf(4).candidates(Set.of()))).isEmpty();
    }

    @Test
    void recommend_candidates_keepTheOrderOfTheFullRanking() {
        List<String> all = new ArrayList<>(ask(forHistoryOf(9).includeSeen().k(SIZE)));
        Set<String> candidates = Set.of("0", "1", "5", "10", "11", "16");
        all.retainAll(candidates);
        assertThat(ask(forHistoryOf(9).candidates(candidates).includeSeen().k(SIZE)))
                .isEqualTo(all);
    }

    @Test
    void recommend_exclusions_areNeverReturned() {
        assertThat(ask(forHistoryOf(4).excluding(List.of("4", "5", "nobody")).k(SIZE)))
                .hasSize(SIZE - Checkerboard.history(4).size() - 2)
                .doesNotContain("4", "5");
        assertThat(ask(forHistoryOf(4).excluding(List.of("5")).includeSeen().k(SIZE)))
                .hasSize(SIZE - 1)
                .doesNotContain("5");
    }

    @Test
    void recommend_unknownItems_areSkippedAndReported() {
        List<String> history = new ArrayList<>(Checkerboard.history(7));
        history.add(2, "nothing");
        history.add("nobody");
        RecommendationResult result = recommender.recommend(
                RecommendationRequest.forUser("7").history(history).k(SIZE).build());
        assertThat(result.unknownItems()).containsExactly("nothing", "nobody");
        assertThat(result.source()).isEqualTo(Source.MODEL);
        assertThat(ids(result.recommendations()))
                .isEqualTo(ask(RecommendationRequest.forUser("7")
                        .history(Checkerboard.history(7))
                        .k(SIZE)));
    }

    @Test
    void recommend_nothingKnown_fallsBackToPopularItems() {
        List<String> popularFirst = new ArrayList<>(
                IntStream.range(0, SIZE).mapToObj(String::valueOf).toList());
        popularFirst.remove(Checkerboard.POPULAR);
        popularFirst.add(0, Checkerboard.POPULAR);
        for (RecommendationRequest.Builder request : List.of(
                RecommendationRequest.forUser("nobody"),
                RecommendationRequest.forUser("4").history(List.of()),
                RecommendationRequest.forHistory(List.of()),
                RecommendationRequest.forHistory(List.of("nothing")))) {
            RecommendationResult result = recommender.recommend(request.k(SIZE).build());
            assertThat(result.source()).isEqualTo(Source.POPULARITY);
            assertThat(ids(result.recommendations())).isEqualTo(popularFirst);
        }
    }

    @Test
    void recommend_explained_saysWhyOfWhatItRecommendsOrNothing() {
        for (RecommendationRequest request : List.of(
                forHistoryOf(4).k(3).build(),
                RecommendationRequest.forUser("nobody").build())) {
            RecommendationResult plain = recommender.recommend(request);
            assertThat(plain.explanations()).isEmpty();
            RecommendationRequest asked = request.toBuilder().explain().build();
            for (RecommendationResult explained : List.of(
                    recommender.recommend(asked),
                    recommender.recommend(List.of(asked)).get(0))) {
                assertSame(explained, plain);
                if (!explained.explanations().isEmpty()) {
                    assertThat(explained.explanations().keySet())
                            .containsExactlyElementsOf(ids(explained.recommendations()));
                    explained
                            .explanations()
                            .forEach((id, why) -> assertThat(why.itemId()).isEqualTo(id));
                }
            }
        }
    }

    @Test
    void recommend_batch_equalsOneByOne() {
        List<RecommendationRequest> requests = requests();
        List<RecommendationResult> batch = recommender.recommend(requests);
        assertThat(batch).hasSameSizeAs(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertSame(batch.get(i), recommender.recommend(requests.get(i)));
        }
    }

    @Test
    void recommend_noRequests_isEmpty() {
        assertThat(recommender.recommend(List.of())).isEmpty();
    }

    @Test
    void recommend_manyThreads_equalsOneThread() {
        List<RecommendationRequest> requests = requests();
        List<RecommendationResult> parallel =
                requests.parallelStream().map(recommender::recommend).toList();
        for (int i = 0; i < requests.size(); i++) {
            assertSame(parallel.get(i), recommender.recommend(requests.get(i)));
        }
    }

    private static List<RecommendationRequest> requests() {
        List<RecommendationRequest> requests = new ArrayList<>();
        for (int i = 0; i < 3 * SIZE; i++) {
            int user = i % SIZE;
            RecommendationRequest.Builder request =
                    i % 3 == 0 ? RecommendationRequest.forUser(String.valueOf(user)) : forHistoryOf(user);
            requests.add(request.k(1 + i % 11).build());
        }
        requests.add(RecommendationRequest.forUser("nobody").build());
        return requests;
    }

    /** Scores agree to rounding; items agree wherever rounding cannot have swapped them. */
    private static void assertSame(RecommendationResult one, RecommendationResult other) {
        assertThat(one.source()).isEqualTo(other.source());
        assertThat(one.unknownItems()).isEqualTo(other.unknownItems());
        assertThat(one.recommendations()).hasSameSizeAs(other.recommendations());
        for (int place = 0; place < one.recommendations().size(); place++) {
            float expected = other.recommendations().get(place).score();
            assertThat(one.recommendations().get(place).score())
                    .isCloseTo(expected, within(TOLERANCE * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void batchScorer_offered_scoresLikeRecommend() {
        assumeTrue(recommender.batchScorer().isPresent(), "offers no vectors");
        BatchScorer scorer = recommender.batchScorer().orElseThrow();
        RecommendationRequest request = forHistoryOf(8).includeSeen().k(SIZE).build();
        float[] user = scorer.userVectors(List.of(request));
        assertThat(user).hasSize(scorer.dim());
        for (Recommendation recommendation : recommender.getRecommendations(request)) {
            int item = scorer.items().indexOf(recommendation.itemId());
            float score = 0;
            for (int d = 0; d < scorer.dim(); d++) {
                score += user[d] * scorer.itemVectors()[item * scorer.dim() + d];
            }
            assertThat(recommendation.score()).isCloseTo(score, within(TOLERANCE * Math.max(1, Math.abs(score))));
        }
        assertThat(scorer.userVectors(List.of(
                        RecommendationRequest.forHistory(List.of("nothing")).build())))
                .containsOnly(0f);
    }

    @Test
    void history_knownUser_isWhatDecidesWithoutAHistoryInTheRequest() {
        assertThat(recommender.history("6")).isIn(Checkerboard.history(6), List.of());
        assertThat(recommender.history("nobody")).isEmpty();
    }

    @Test
    void recommend_minimumScore_cutsTheModelsRanking() {
        List<Recommendation> all =
                recommender.getRecommendations(forHistoryOf(4).k(SIZE).build());
        float middle = all.get(4).score();
        List<Recommendation> expected =
                all.stream().filter(answer -> answer.score() >= middle).toList();
        assertThat(recommender.getRecommendations(
                        forHistoryOf(4).k(SIZE).minimumScore(middle).build()))
                .isEqualTo(expected);
        assertThat(ask(RecommendationRequest.forUser("nobody").k(SIZE).minimumScore(Float.MAX_VALUE)))
                .as("what no model scored")
                .hasSize(SIZE);
    }

    @Test
    void recommend_noveltyAlone_putsThePopularItemLast() {
        List<String> novel = ask(forHistoryOf(4).includeSeen().novelty(1).k(SIZE));
        assertThat(novel).hasSize(SIZE).doesNotHaveDuplicates().endsWith(Checkerboard.POPULAR);
        assertThat(ask(forHistoryOf(4).includeSeen().popularity(1).k(SIZE))).startsWith(Checkerboard.POPULAR);
    }

    @Test
    void recommend_ownStep_reachesBeyondK() {
        List<String> all = ask(forHistoryOf(4).k(SIZE));
        List<String> reversed = ask(forHistoryOf(4)
                .k(2)
                .reRank((list, k) -> list.inOrder(IntStream.range(0, list.size())
                        .map(place -> list.size() - 1 - place)
                        .toArray())));
        assertThat(reversed).containsExactly(all.get(all.size() - 1), all.get(all.size() - 2));
    }

    @Test
    void recommend_diversity_needsVectors() {
        RecommendationRequest.Builder request = forHistoryOf(4).diversity(0.7).k(5);
        if (recommender.batchScorer().isPresent()) {
            assertThat(ask(request))
                    .hasSize(5)
                    .doesNotHaveDuplicates()
                    .startsWith(ask(forHistoryOf(4).k(1)).get(0));
        } else {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> recommender.recommend(request.build()))
                    .withMessageContaining("diversity needs item vectors");
        }
    }

    @Test
    void recommend_reRankedBatch_equalsOneByOne() {
        List<RecommendationRequest> requests = requests().stream()
                .map(request -> request.toBuilder().novelty(request.k() / 20.0).build())
                .toList();
        List<RecommendationResult> batch = recommender.recommend(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertSame(batch.get(i), recommender.recommend(requests.get(i)));
        }
    }

    @Test
    void close_twice_isHarmlessAndRequestsAreRefused() {
        Recommender another = train(Checkerboard.dataset());
        another.close();
        another.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> another.getRecommendations("1", 1))
                .withMessageContaining("is closed");
    }
}
