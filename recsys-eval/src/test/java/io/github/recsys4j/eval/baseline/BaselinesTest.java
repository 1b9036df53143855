package io.github.recsys4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.testing.Checkerboard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the baselines promise beyond the contract: windows, neighbours that count, seeds, and messages. */
final class BaselinesTest {

    @Test
    void quick_always_holdsWhatOnlyCounts() {
        assertThat(Baselines.quick())
                .extracting(Baseline::name)
                .containsExactly("random", "popularity", "recent-popularity", "markov", "decayed-markov");
    }

    /** Item 0 was liked by all long ago, item 1 by one user lately. */
    private static Dataset oldAndNew(boolean times) {
        long[] seconds = {0, 0, Duration.ofDays(99).toMillis(), 0};
        return Dataset.of(
                numbered(3),
                numbered(4),
                Interactions.ofSorted(
                        new int[] {0, 1, 3, 4},
                        new int[] {0, 0, 1, 0},
                        times ? Optional.of(seconds) : Optional.empty(),
                        Optional.empty()));
    }

    private static Vocabulary numbered(int count) {
        return Vocabulary.inOrder(
                IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    private static List<String> ask(Baseline baseline, Dataset train, List<String> history, int k) {
        try (Recommender recommender = baseline.train(train)) {
            return recommender.getRecommendations(history, k).stream()
                    .map(Recommendation::itemId)
                    .toList();
        }
    }

    @Test
    void recentPopularity_withTimes_countsTheWindowAndThenEverything() {
        List<String> history = List.of("3");
        assertThat(ask(new RecentPopularity(Duration.ofDays(30), 1), oldAndNew(true), history, 3))
                .containsExactly("1", "0", "2");
        assertThat(ask(new RecentPopularity(Duration.ofDays(99), 1), oldAndNew(true), history, 3))
                .containsExactly("0", "1", "2");
    }

    @Test
    void recentPopularity_withoutTimes_countsTheLastOfEachUser() {
        assertThat(scores(new RecentPopularity(Duration.ofDays(30), 1), oldAndNew(false)))
                .containsExactly("0 2", "1 1", "2 0");
        assertThat(scores(new RecentPopularity(Duration.ofDays(30), 2), oldAndNew(false)))
                .containsExactly("0 3", "1 1", "2 0");
    }

    /** Item and whole part of the score. */
    private static List<String> scores(Baseline baseline, Dataset train) {
        try (Recommender recommender = baseline.train(train)) {
            return recommender.getRecommendations(List.of("3"), 3).stream()
                    .map(each -> each.itemId() + " " + (int) each.score())
                    .toList();
        }
    }

    @Test
    void decayedMarkov_oneItem_isTheMarkovChain() {
        List<String> history = Checkerboard.history(6);
        assertThat(ask(new DecayedMarkov(0.5, 1), Checkerboard.dataset(), history, 5))
                .isEqualTo(ask(new Markov(), Checkerboard.dataset(), history, 5));
    }

    /** A known defect elsewhere: k was read and never used. */
    @Test
    void itemKnn_otherK_givesOtherScores() {
        assertThat(best(new ItemKnn(1, 0))).isLessThan(best(new ItemKnn(4, 0)));
        assertThat(best(new ItemKnn(4, 0))).isLessThan(best(ItemKnn.allNeighbours()));
    }

    @Test
    void userKnn_otherK_givesOtherScores() {
        assertThat(best(new UserKnn(1, 0))).isLessThan(best(new UserKnn(5, 0)));
    }

    private static float best(Baseline baseline) {
        try (Recommender recommender = baseline.train(Checkerboard.dataset())) {
            return recommender
                    .getRecommendations(Checkerboard.history(4), 1)
                    .get(0)
                    .score();
        }
    }

    /** A known defect elsewhere: who was not in training got an empty list. */
    @ParameterizedTest
    @MethodSource("io.github.recsys4j.eval.baseline.Baselines#all")
    void recommend_unknownUser_isAnsweredByHistoryOrPopularity(Baseline baseline) {
        try (Recommender recommender = baseline.train(Checkerboard.dataset())) {
            assertThat(recommender.getRecommendations("a stranger", 3)).hasSize(3);
            assertThat(recommender
                            .recommend(RecommendationRequest.forUser("a stranger")
                                    .history(List.of("2"))
                                    .build())
                            .source())
                    .isEqualTo(Source.MODEL);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.recsys4j.eval.baseline.Baselines#all")
    void train_anyThreads_givesTheSameScores(Baseline baseline) throws Exception {
        List<List<Recommendation>> answers = new ArrayList<>();
        for (int threads : new int[] {1, 8}) {
            ForkJoinPool pool = new ForkJoinPool(threads);
            try {
                answers.add(pool.submit(() -> {
                            try (Recommender recommender = baseline.train(Checkerboard.dataset())) {
                                return recommender.getRecommendations(Checkerboard.history(5), 10);
                            }
                        })
                        .get());
            } finally {
                pool.shutdown();
            }
        }
        assertThat(answers.get(0)).isEqualTo(answers.get(1));
    }

    @Test
    void create_wrongSettings_sayWhatIsAllowed() {
        assertMessage(() -> new UserKnn(0, 0), "k must be at least 1, got 0");
        assertMessage(() -> new UserKnn(1, -1), "shrink must be finite and at least 0, got -1.0");
        assertMessage(() -> new DecayedMarkov(0, 1), "decay must be above 0 and at most 1, got 0.0");
        assertMessage(() -> new DecayedMarkov(1, 0), "lastItems must be at least 1, got 0");
        assertMessage(
                () -> new RecentPopularity(Duration.ZERO, 1), "window must be above zero, such as PT24H, got PT0S");
        assertMessage(() -> new RecentPopularity(Duration.ofDays(1), 0), "lastPerUser must be at least 1, got 0");
        assertMessage(() -> new Slim(0, 0.1, true, 0.1), "alpha must be a finite number above 0, got 0.0");
        assertMessage(() -> new Slim(1, 1, true, 0.1), "l1Ratio must be above 0 and below 1, got 1.0");
        assertMessage(() -> new Slim(1, 0.1, true, 0), "tolerance must be above 0 and below 1, got 0.0");
        assertMessage(() -> new Ials(0, 1, 1, 1, 1), "factors must be at least 1, got 0");
        assertMessage(() -> new Ials(1, 0, 1, 1, 1), "regularization must be a finite number above 0, got 0.0");
        assertMessage(() -> new Ials(1, 1, -1, 1, 1), "alpha must be a finite number above 0, got -1.0");
        assertMessage(() -> new Ials(1, 1, 1, 0, 1), "iterations must be at least 1, got 0");
        assertMessage(() -> new BprMf(1, 0, 1, 1, 1, 1), "learningRate must be a finite number above 0, got 0.0");
        assertMessage(() -> new BprMf(1, 1, 1, 1, 0, 1), "foldInEpochs must be at least 1, got 0");
    }

    private static void assertMessage(ThrowingCallable create, String message) {
        assertThatIllegalArgumentException().isThrownBy(create).withMessage(message);
    }

    @Test
    void train_tooManyItemsForSlim_saysWhatToDo() {
        Dataset wide = Dataset.of(
                numbered(1),
                numbered(Slim.MAX_ITEMS + 1),
                Interactions.ofSorted(new int[2], new int[0], Optional.empty(), Optional.empty()));
        assertMessage(
                () -> Slim.defaults().train(wide),
                "slim needs memory for items^2 counts and takes at most 40000 items, got 40001: leave it out or filter"
                        + " rare items");
    }
}
