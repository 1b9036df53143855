package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.recsys4j.HistoryException;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.rerank.ReRankingRecommender;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.serve.ServingMetrics.Event;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import io.github.recsys4j.testing.Checkerboard;
import io.github.recsys4j.testing.RecommenderContract;
import io.github.recsys4j.testing.ToyRecommender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LiveRecommenderTest {
    private final ToyRecommender toy = new ToyRecommender("toy", Checkerboard.dataset());
    private final ServingStatistics statistics = new ServingStatistics();
    private final ItemActivity activity =
            ItemActivity.builder().refresh(Duration.ZERO).build();

    /** With an empty store it answers as the recommender alone does. */
    @Nested
    class ContractTest extends RecommenderContract {
        @Override
        protected Recommender train(Dataset train) {
            ToyRecommender wrapped = new ToyRecommender("toy", train);
            return LiveRecommender.builder(
                            new ReRankingRecommender(wrapped, wrapped.knowledge()), new InMemoryHistoryStore())
                    .build();
        }
    }

    private LiveRecommender.Builder live(HistoryStore store) {
        return LiveRecommender.builder(toy, store).metrics(statistics).activity(activity);
    }

    private static RecommendationRequest user(String id, int k) {
        return RecommendationRequest.forUser(id).k(k).build();
    }

    private static List<String> ids(RecommendationResult result) {
        return result.recommendations().stream().map(Recommendation::itemId).toList();
    }

    @Test
    void record_newUser_changesTheNextRecommendation() {
        try (LiveRecommender live = live(new InMemoryHistoryStore()).build()) {
            assertThat(live.recommend(user("new", 1)).source()).isEqualTo(Source.POPULARITY);
            live.record(new Interaction("new", "6", 1));
            assertThat(ids(live.recommend(user("new", 1)))).containsExactly("8");
            live.record(new Interaction("new", "11", 2));
            assertThat(ids(live.recommend(user("new", 1)))).containsExactly("13");
            assertThat(live.history("new")).containsExactly("6", "11");
        }
        assertThat(statistics.counted(Event.RECORDED)).isEqualTo(2);
        assertThat(statistics.counted(Event.ANSWERED)).isEqualTo(3);
        assertThat(statistics.counted(Event.FALLBACK)).isEqualTo(1);
        assertThat(statistics.latency(Stage.REQUEST).count()).isEqualTo(3);
        assertThat(activity.count("11")).isEqualTo(1);
    }

    @Test
    void record_knownUser_isPutBehindWhatTheRecommenderHasOnRecord() {
        try (LiveRecommender live = live(new InMemoryHistoryStore()).build()) {
            live.record(new Interaction("4", "7", 1));
            List<String> expected = new ArrayList<>(Checkerboard.history(4));
            expected.add("7");
            assertThat(live.history("4")).isEqualTo(expected);
            assertThat(ids(live.recommend(user("4", 20)))).startsWith("9").doesNotContainAnyElementsOf(expected);
        }
    }

    @Test
    void record_completeStore_standsAlone() {
        try (LiveRecommender live =
                live(new InMemoryHistoryStore()).completeStore().build()) {
            assertThat(live.history("4")).isEqualTo(Checkerboard.history(4));
            live.record(new Interaction("4", "7", 1));
            assertThat(live.history("4")).containsExactly("7");
        }
    }

    @Test
    void recommend_requestWithHistory_leavesTheStoreAlone() {
        HistoryStore never = HistoryStore.of(
                id -> {
                    throw new AssertionError("asked for " + id);
                },
                event -> {});
        try (LiveRecommender live = live(never).build()) {
            assertThat(ids(live.recommend(RecommendationRequest.forUser("4")
                            .history(List.of("2"))
                            .k(1)
                            .build())))
                    .containsExactly("4");
        }
    }

    @Test
    void recommend_batch_equalsOneByOne() {
        try (LiveRecommender live = live(new InMemoryHistoryStore()).build()) {
            live.record(new Interaction("a", "6", 1));
            List<RecommendationRequest> requests = List.of(user("a", 3), user("4", 2), user("nobody", 4));
            assertThat(live.recommend(requests))
                    .isEqualTo(requests.stream().map(live::recommend).toList());
        }
    }

    @Test
    void fallback_firstThatKnows_answersWithItsSource() {
        ItemCategories categories =
                ItemCategories.of(Map.of("1", Set.of("odd"), "5", Set.of("odd"), "2", Set.of("even")));
        activity.record("2", 50);
        activity.record("5", 10);
        activity.record("5", 20);
        activity.record("1", 30);
        Fallback liked = Fallback.inCategories(
                activity,
                categories,
                request -> request.userId().equals(Optional.of("fan")) ? Set.of("odd") : Set.of());
        try (LiveRecommender live = live(new InMemoryHistoryStore())
                .fallback(liked)
                .fallback(Fallback.recent(activity))
                .build()) {
            RecommendationResult fan = live.recommend(user("fan", 5));
            assertThat(fan.source()).isEqualTo(Source.CATEGORY);
            assertThat(ids(fan)).containsExactly("5", "1");
            RecommendationResult stranger = live.recommend(RecommendationRequest.forUser("stranger")
                    .excluding(List.of("1"))
                    .k(5)
                    .build());
            assertThat(stranger.source()).isEqualTo(Source.RECENT);
            assertThat(ids(stranger)).containsExactly("2", "5");
            RecommendationResult noneLeft = live.recommend(RecommendationRequest.forUser("stranger")
                    .candidates(Set.of("9"))
                    .build());
            assertThat(noneLeft.source()).isEqualTo(Source.POPULARITY);
            assertThat(live.recommend(user("4", 1)).source()).isEqualTo(Source.MODEL);
            RecommendationRequest filtered = RecommendationRequest.forUser("fan")
                    .filter(ItemPredicate.equal("colour", "red"))
                    .build();
            assertThat(live.recommend(filtered).source())
                    .as("neither fallbacks nor this recommender know columns")
                    .isEqualTo(Source.POPULARITY);
        }
    }

    @Test
    void fallback_popularAndTrending_sayTheirSource() {
        activity.record("2", System.currentTimeMillis());
        assertThat(Fallback.popular(activity).source()).isEqualTo(Source.POPULARITY);
        assertThat(Fallback.popular(activity).best(user("a", 1), 1, id -> true)).hasSize(1);
        assertThat(Fallback.trending(activity).source()).isEqualTo(Source.TRENDING);
        assertThat(Fallback.trending(activity).best(user("a", 1), 1, id -> true))
                .hasSize(1);
    }

    @Test
    void onboarding_choices_becomeAHistoryOfWhichOnlyTheChosenItemsAreSeen() {
        ItemCategories categories = ItemCategories.of(Map.of("10", Set.of("c"), "12", Set.of("c"), "16", Set.of("c")));
        activity.record("12", 1);
        activity.record("12", 1);
        activity.record("10", 1);
        activity.record("16", 1);
        Onboarding choice = new Onboarding(List.of("16"), List.of("c"));
        assertThat(choice.history(activity, categories)).containsExactly("10", "12", "16");
        RecommendationRequest request = choice.apply(user("new", 20), activity, categories);
        List<String> answer = ids(toy.recommend(request));
        assertThat(answer).startsWith("18", "0").contains("10", "12").doesNotContain("16");
        assertThat(Onboarding.ofCategories(List.of("c")).history(activity, categories))
                .containsExactly("16", "10", "12");
        assertThat(Onboarding.ofItems(List.of("3")).history(activity, categories))
                .containsExactly("3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Onboarding(List.of(), List.of()))
                .withMessage("items and categories are both empty: choose at least one, or ask without onboarding");
    }

    @Test
    void remember_choices_areTheBeginningOfAHistoryThatIsReadWithWhatIsPopularNow() {
        ItemCategories categories = ItemCategories.of(Map.of("10", Set.of("c"), "12", Set.of("c"), "16", Set.of("c")));
        activity.record("10", 1);
        InMemoryHistoryStore store = new InMemoryHistoryStore();
        try (LiveRecommender live = live(store).onboarding(activity, categories).build()) {
            live.remember("new", Onboarding.ofCategories(List.of("c")), 5);
            RecommendationResult first = live.recommend(user("new", 40));
            assertThat(first.source()).isEqualTo(Source.MODEL);
            assertThat(ids(first)).startsWith("12", "14").contains("10");
            assertThat(first.unknownItems()).isEmpty();
            for (int time = 2; time < 4; time++) {
                live.record(new Interaction("somebody", "16", time));
            }
            assertThat(ids(live.recommend(user("new", 2))))
                    .as("16 is more popular now")
                    .containsExactly("18", "0");
            live.remember("new", Onboarding.ofItems(List.of("3")), 6);
            live.record(new Interaction("new", "4", 7));
            List<String> last = ids(live.recommend(user("new", 40)));
            assertThat(last).startsWith("6", "8").contains("10", "16").doesNotContain("3", "4");
            assertThat(live.history("new")).containsExactly("3", "4");
            assertThat(live.statistics("new", categories).interactions()).isEqualTo(2);
            assertThat(store.find("new")).hasSize(3);
        }
        try (LiveRecommender without = LiveRecommender.builder(new ToyRecommender("toy", Checkerboard.dataset()), store)
                .build()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> without.remember("new", Onboarding.ofCategories(List.of("c")), 1))
                    .withMessage("categories [c] cannot be read later: build the live recommender with"
                            + " onboarding(activity, categories)");
        }
    }

    @Test
    void statistics_countWhatTheStoreHolds() {
        try (LiveRecommender live = live(new InMemoryHistoryStore()).build()) {
            live.record(new Interaction("a", "1", 100));
            live.record(new Interaction("a", "2", 50));
            live.record(new Interaction("a", "1", 200));
            ItemCategories categories = ItemCategories.of(Map.of("1", Set.of("x", "y"), "2", Set.of("y")));
            UserStatistics numbers = live.statistics("a", categories);
            assertThat(numbers.interactions()).isEqualTo(3);
            assertThat(numbers.distinctItems()).isEqualTo(2);
            assertThat(numbers.first()).hasValue(50);
            assertThat(numbers.last()).hasValue(200);
            assertThat(numbers.perCategory()).isEqualTo(Map.of("x", 2, "y", 3));
            assertThat(live.statistics("nobody", categories).last()).isEmpty();
        }
    }

    private static final class Unruly {
        final AtomicBoolean hangs = new AtomicBoolean();
        final AtomicBoolean fails = new AtomicBoolean();
        final CountDownLatch never = new CountDownLatch(1);

        HistoryStore store() {
            HistoryStore good = new InMemoryHistoryStore();
            return HistoryStore.of(
                    id -> {
                        misbehave();
                        return good.find(id);
                    },
                    event -> {
                        misbehave();
                        good.append(event);
                    });
        }

        private void misbehave() {
            if (fails.get()) {
                throw new IllegalStateException("no connection");
            }
            while (hangs.get()) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void recommend_storeHangs_answersInTimeFromWhatIsOnRecordAndSaysSo() {
        Unruly unruly = new Unruly();
        try (LiveRecommender live =
                live(unruly.store()).timeLimit(Duration.ofMillis(40)).build()) {
            unruly.hangs.set(true);
            long start = System.nanoTime();
            RecommendationResult result = live.recommend(user("4", 1));
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(40), Duration.ofSeconds(20));
            assertThat(ids(result)).containsExactly("4");
            assertThat(result.degradations()).containsExactly("history of user \"4\" was not there after 40 ms");
            assertThat(live.health().troubles()).containsExactly("history of user \"4\" was not there after 40 ms");
            assertThatExceptionOfType(HistoryException.class)
                    .isThrownBy(() -> live.record(new Interaction("4", "7", 1)))
                    .withMessage(
                            "interaction of user \"4\" with item \"7\" was not there after 40 ms. It may be kept or"
                                    + " not: record it again");
            unruly.hangs.set(false);
            assertThat(live.recommend(user("4", 1)).isDegraded()).isFalse();
            assertThat(live.health().isWhole()).isTrue();
        }
        assertThat(statistics.counted(Event.DEGRADED)).isEqualTo(1);
    }

    @Test
    void recommend_storeThrows_answersAndSaysWhy() {
        Unruly unruly = new Unruly();
        unruly.fails.set(true);
        try (LiveRecommender live =
                live(unruly.store()).timeLimit(Duration.ofSeconds(30)).build()) {
            RecommendationResult result = live.recommend(user("nobody", 1));
            assertThat(result.source()).isEqualTo(Source.POPULARITY);
            assertThat(result.degradations())
                    .containsExactly("history of user \"nobody\" could not be had: java.lang.IllegalStateException: no"
                            + " connection");
        }
    }

    /** Calls that never come back may not pile up without bound: after 64 of them the store is given up on at once. */
    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void recommend_storeHangsForEver_stopsAskingIt() {
        CountDownLatch never = new CountDownLatch(1);
        try (LiveRecommender live =
                live(answeringAfter(never)).timeLimit(Duration.ofMillis(3)).build()) {
            for (int i = 0; i < 64; i++) {
                assertThat(live.recommend(user("4", 1)).degradations().get(0)).contains("after 3 ms");
            }
            while (live.health().troubles().get(0).contains("after 3 ms")) {
                live.recommend(user("4", 1));
            }
            assertThat(live.recommend(user("4", 1)).degradations())
                    .containsExactly(
                            "history of user \"4\" was not asked for: all 64 calls that may wait for the store do");
        }
        never.countDown();
    }

    private static HistoryStore answeringAfter(CountDownLatch event) {
        return HistoryStore.of(
                id -> {
                    Uninterruptibles.awaitUninterruptibly(event);
                    return List.of();
                },
                recorded -> {});
    }

    @Test
    void recommend_interruptedThread_isAnsweredAndStaysInterrupted() {
        CountDownLatch answered = new CountDownLatch(1);
        try (LiveRecommender live = live(answeringAfter(answered)).build()) {
            Thread.currentThread().interrupt();
            RecommendationResult result = live.recommend(user("4", 1));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(ids(result)).containsExactly("4");
            assertThat(result.degradations())
                    .containsExactly("history of user \"4\" was not waited for: the thread was interrupted");
        }
        answered.countDown();
    }

    @Test
    void recommend_recommenderThrows_isCountedAndThrown() {
        LiveRecommender live = live(new InMemoryHistoryStore()).build();
        toy.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> live.recommend(user("4", 1)));
        assertThat(statistics.counted(Event.FAILED)).isEqualTo(1);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void close_duringARequest_waitsForIt() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        HistoryStore waiting = new HistoryStore() {
            @Override
            public List<Interaction> find(String userId) {
                asked.countDown();
                Uninterruptibles.awaitUninterruptibly(goOn);
                return List.of();
            }

            @Override
            public void append(Interaction interaction) {}

            @Override
            public boolean mayBlock() {
                return false;
            }
        };
        LiveRecommender live = live(waiting).build();
        AtomicBoolean answered = new AtomicBoolean();
        Thread request =
                new Thread(() -> answered.set(ids(live.recommend(user("4", 1))).equals(List.of("4"))));
        request.start();
        asked.await();
        Thread closing = new Thread(live::close);
        closing.start();
        closing.join(100);
        assertThat(closing.isAlive()).isTrue();
        assertThat(toy.isClosed()).isFalse();
        goOn.countDown();
        request.join();
        closing.join();
        assertThat(answered).isTrue();
        assertThat(toy.isClosed()).isTrue();
    }

    @Test
    void timeLimit_notAboveZero_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> live(new InMemoryHistoryStore()).timeLimit(Duration.ZERO))
                .withMessage("timeLimit must be above zero, got PT0S");
    }
}
