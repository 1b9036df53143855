package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.InferenceException;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.rerank.ReRankingRecommender;
import io.github.recsys4j.serve.ServingMetrics.Event;
import io.github.recsys4j.testing.Checkerboard;
import io.github.recsys4j.testing.RecommenderContract;
import io.github.recsys4j.testing.ToyRecommender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecommenderSlotTest {
    private static final SelfCheck CHECK = SelfCheck.of(List.of(
            RecommendationRequest.forHistory(List.of("2", "4")).k(3).build(),
            RecommendationRequest.forHistory(List.of("5"))
                    .excluding(List.of("7"))
                    .build()));

    private final ServingStatistics statistics = new ServingStatistics();

    @Nested
    class ContractTest extends RecommenderContract {
        @Override
        protected Recommender train(Dataset train) {
            ToyRecommender toy = new ToyRecommender("toy", train);
            return new RecommenderSlot(new ReRankingRecommender(toy, toy.knowledge()), CHECK, ServingMetrics.none());
        }
    }

    private static ToyRecommender toy(String name) {
        return new ToyRecommender(name, Checkerboard.dataset());
    }

    private static List<String> ask(Recommender recommender) {
        return recommender.getRecommendations(List.of("2"), 2).stream()
                .map(Recommendation::itemId)
                .toList();
    }

    @Test
    void swap_good_takesThePlaceAndClosesTheOldOne() {
        ToyRecommender first = toy("first");
        ToyRecommender second = toy("second");
        try (RecommenderSlot slot = new RecommenderSlot(first, CHECK, statistics)) {
            slot.swap(() -> second);
            assertThat(slot.name()).isEqualTo("second");
            assertThat(first.isClosed()).isTrue();
            assertThat(ask(slot)).containsExactly("4", "6");
            assertThat(slot.health().isWhole()).isTrue();
        }
        assertThat(second.isClosed()).isTrue();
        assertThat(statistics.counted(Event.SWAPPED)).isEqualTo(1);
    }

    /** A model of another catalogue knows nothing of the probes' histories. */
    @Test
    void swap_otherCatalogue_isRefusedAndTheOldOneGoesOn() {
        ToyRecommender first = toy("first");
        ToyRecommender wrong = new ToyRecommender(
                "wrong",
                Dataset.of(
                        Vocabulary.inOrder(List.of("u")),
                        Vocabulary.inOrder(List.of("x", "y")),
                        Interactions.ofSorted(new int[] {0, 1}, new int[] {0}, Optional.empty(), Optional.empty())));
        try (RecommenderSlot slot = new RecommenderSlot(first, CHECK, statistics)) {
            String message = "Recommender wrong failed its check and was not put in place: probe 1 of 2 was answered by"
                    + " POPULARITY and not by the model, which knows none of the history [2, 4]; recommender first goes"
                    + " on serving";
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> slot.swap(() -> wrong))
                    .withMessage(message);
            assertThat(wrong.isClosed()).isTrue();
            assertThat(slot.health().troubles()).containsExactly("the last model was not put in place: " + message);
            assertThat(ask(slot)).containsExactly("4", "6");
            slot.swap(() -> toy("third"));
            assertThat(slot.health().isWhole()).isTrue();
        }
        assertThat(statistics.counted(Event.SWAP_REFUSED)).isEqualTo(1);
    }

    @Test
    void swap_loadingFails_theOldOneGoesOn() {
        try (RecommenderSlot slot = new RecommenderSlot(toy("first"), CHECK, statistics)) {
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> slot.swap(() -> {
                        throw new ArtifactException("file was altered");
                    }))
                    .withMessage("file was altered");
            assertThat(slot.health().troubles())
                    .containsExactly("the last model was not put in place: file was altered");
            assertThat(ask(slot)).containsExactly("4", "6");
        }
    }

    @Test
    void slot_firstFailsItsCheck_isRefusedAndClosed() {
        ToyRecommender closed = toy("closed");
        closed.close();
        assertThatExceptionOfType(ArtifactException.class)
                .isThrownBy(() -> new RecommenderSlot(closed, CHECK, statistics))
                .withMessage("Recommender closed failed its check and was not put in place: probe 1 of 2 failed with"
                        + " java.lang.IllegalStateException: recommender closed is closed: make another one; there is"
                        + " nothing to serve");
    }

    private static Recommender answering(Function<RecommendationRequest, List<Recommendation>> answer) {
        return new Recommender() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public RecommendationResult recommend(RecommendationRequest request) {
                return RecommendationResult.of(answer.apply(request));
            }

            @Override
            public Optional<BatchScorer> batchScorer() {
                return Optional.of(new BatchScorer() {
                    @Override
                    public Vocabulary items() {
                        return Vocabulary.inOrder(List.of("8", "9"));
                    }

                    @Override
                    public int dim() {
                        return 1;
                    }

                    @Override
                    public float[] itemVectors() {
                        return new float[] {3, 2};
                    }

                    @Override
                    public float[] userVectors(List<RecommendationRequest> requests) {
                        return new float[] {10};
                    }
                });
            }
        };
    }

    private static String problem(Recommendation... answer) {
        return CHECK.problem(answering(request -> List.of(answer))).orElse("none");
    }

    private static Recommendation found(String id, float score) {
        return new Recommendation(id, score);
    }

    @Test
    void check_wrongAnswers_saysWhatIsWrong() {
        assertThat(problem(found("8", 30), found("9", 20))).isEqualTo("none");
        assertThat(problem()).isEqualTo("probe 1 of 2 has 0 answers, expected 1 to 3");
        assertThat(problem(found("8", 30), found("8", 30)))
                .isEqualTo("probe 1 of 2 recommends item \"8\", which stands before it already");
        assertThat(problem(found("4", 30)))
                .isEqualTo("probe 1 of 2 recommends item \"4\", which was seen or is excluded");
        assertThat(problem(found("9", 20), found("8", 30))).startsWith("probe 1 of 2 is not best first: ");
        assertThat(problem(found("8", 30), found("9", 21)))
                .isEqualTo("probe 1 of 2 scores item \"9\" with 21.0, its vectors' product is 20.0");
        assertThat(problem(found("6", 30)))
                .isEqualTo("probe 1 of 2 recommends item \"6\", which is not in the catalogue");
    }

    @Test
    void check_realHistories_areAskedAsTheyAre() {
        SelfCheck check = SelfCheck.ofHistories(List.of(List.of("2", "4"), List.of("nobody knows")), 3);
        assertThat(check.problem(toy("toy")))
                .hasValue("probe 2 of 2 was answered by POPULARITY and not by the model, which knows none of the"
                        + " history [nobody knows]");
        assertThat(SelfCheck.ofHistories(List.of(List.of("2", "4")), 3).problem(toy("toy")))
                .isEmpty();
    }

    @Test
    void check_badProbes_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SelfCheck.of(List.of()))
                .withMessageStartingWith("probes must not be empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SelfCheck.of(List.of(RecommendationRequest.forUser("u").build())))
                .withMessage("probes must bring their histories, got one of user u without: a new model need not know"
                        + " the user");
    }

    @Test
    void swap_underLoad_dropsNoRequest() throws Exception {
        List<ToyRecommender> all = new ArrayList<>(List.of(toy("0")));
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (RecommenderSlot slot = new RecommenderSlot(all.get(0), CHECK, ServingMetrics.none())) {
            List<Future<Integer>> askers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                askers.add(threads.submit(() -> {
                    int asked = 0;
                    while (!stop.get()) {
                        assertThat(ask(slot)).containsExactly("4", "6");
                        asked++;
                    }
                    return asked;
                }));
            }
            for (int swap = 1; swap <= 200; swap++) {
                ToyRecommender next = toy(String.valueOf(swap));
                all.add(next);
                slot.swap(() -> next);
            }
            stop.set(true);
            for (Future<Integer> asker : askers) {
                assertThat(asker.get()).isPositive();
            }
        }
        threads.shutdown();
        assertThat(all).allMatch(ToyRecommender::isClosed);
    }

    @Test
    void swap_closedSlot_isRefused() {
        RecommenderSlot slot = new RecommenderSlot(toy("first"), CHECK, statistics);
        slot.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> slot.swap(() -> toy("second")))
                .withMessage("slot is closed: make another one");
    }

    /** Passes its check, and fails under load. */
    private static final class Fragile implements Recommender {
        private final ToyRecommender toy = toy("fragile");
        private volatile RuntimeException failure = new InferenceException("out of memory");
        private volatile boolean fails;

        @Override
        public String name() {
            return toy.name();
        }

        @Override
        public RecommendationResult recommend(RecommendationRequest request) {
            if (fails) {
                throw failure;
            }
            return toy.recommend(request);
        }

        @Override
        public void close() {
            toy.close();
        }
    }

    private static RecommenderSlot watched(Recommender first, ServingMetrics metrics, Duration period) {
        return new RecommenderSlot(first, CHECK, metrics, new SwapWatch(period, 3));
    }

    @Test
    void watch_newModelFailsUnderLoad_everyRequestIsAnsweredAndTheOldOneComesBack() {
        ToyRecommender first = toy("first");
        Fragile fragile = new Fragile();
        try (RecommenderSlot slot = watched(first, statistics, Duration.ofHours(1))) {
            slot.swap(() -> fragile);
            fragile.fails = true;
            for (int request = 0; request < 3; request++) {
                assertThat(slot.name()).isEqualTo("fragile");
                assertThat(ask(slot)).containsExactly("4", "6");
            }
            assertThat(slot.name()).isEqualTo("first");
            assertThat(fragile.toy.isClosed()).isTrue();
            assertThat(slot.health().troubles())
                    .containsExactly(
                            "recommender fragile was taken back for first: 3 requests failed on it, the last with"
                                    + " io.github.recsys4j.InferenceException: out of memory");
            slot.swap(() -> toy("third"));
            assertThat(slot.health().isWhole()).isTrue();
            assertThat(first.isClosed()).as("stays ready during the watch").isFalse();
        }
        assertThat(first.isClosed()).isTrue();
        assertThat(statistics.counted(Event.ROLLED_BACK)).isEqualTo(1);
        assertThat(statistics.counted(Event.SWAPPED)).isEqualTo(2);
    }

    /** What the caller does wrong, and what the model before cannot answer either, says nothing against the new one. */
    @Test
    void watch_failuresThatAreNotTheModels_doNotBringTheOldOneBack() {
        Fragile first = new Fragile();
        Fragile second = new Fragile();
        try (RecommenderSlot slot = watched(first, statistics, Duration.ofHours(1))) {
            slot.swap(() -> second);
            second.failure = new IllegalArgumentException("no such column");
            second.fails = true;
            for (int request = 0; request < 5; request++) {
                assertThatIllegalArgumentException().isThrownBy(() -> ask(slot)).withMessage("no such column");
            }
            second.failure = new IllegalStateException("store is gone");
            first.fails = true;
            for (int request = 0; request < 5; request++) {
                assertThatIllegalStateException().isThrownBy(() -> ask(slot)).withMessage("store is gone");
            }
            assertThat(statistics.counted(Event.ROLLED_BACK)).isZero();
            first.fails = false;
            second.fails = false;
            assertThat(ask(slot)).containsExactly("4", "6");
        }
        assertThat(first.toy.isClosed()).isTrue();
        assertThat(second.toy.isClosed()).isTrue();
    }

    @Test
    void rollback_withinTheWatch_bringsTheOldOneBackOnce() {
        ToyRecommender first = toy("first");
        ToyRecommender second = toy("second");
        try (RecommenderSlot slot = watched(first, statistics, Duration.ofHours(1))) {
            assertThatIllegalStateException()
                    .isThrownBy(slot::rollback)
                    .withMessage("there is no recommender to go back to: give the slot a SwapWatch, and ask within its"
                            + " period");
            slot.swap(() -> second);
            slot.rollback();
            assertThat(slot.name()).isEqualTo("first");
            assertThat(second.isClosed()).isTrue();
            assertThat(ask(slot)).containsExactly("4", "6");
            assertThat(slot.health().troubles())
                    .containsExactly("recommender second was taken back for first: it was asked for");
            assertThatIllegalStateException().isThrownBy(slot::rollback);
        }
    }

    @Test
    void watch_over_closesTheOldOneAndRollbackIsRefused() throws InterruptedException {
        ToyRecommender first = toy("first");
        Fragile fragile = new Fragile();
        try (RecommenderSlot slot = watched(first, statistics, Duration.ofMillis(1))) {
            slot.swap(() -> fragile);
            Thread.sleep(5);
            assertThat(ask(slot)).containsExactly("4", "6");
            assertThat(first.isClosed()).isTrue();
            fragile.fails = true;
            assertThatExceptionOfType(InferenceException.class).isThrownBy(() -> ask(slot));
            assertThatIllegalStateException().isThrownBy(slot::rollback);
        }
        try (RecommenderSlot unwatched = new RecommenderSlot(toy("first"), CHECK, statistics)) {
            unwatched.swap(() -> toy("second"));
            assertThatIllegalStateException().isThrownBy(unwatched::rollback);
        }
    }

    @Test
    void watch_swapsAndFailuresUnderLoad_dropNoRequestAndCloseEveryModel() throws Exception {
        List<Fragile> all = new ArrayList<>(List.of(new Fragile()));
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (RecommenderSlot slot = watched(all.get(0), statistics, Duration.ofHours(1))) {
            List<Future<Integer>> askers = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                askers.add(threads.submit(() -> {
                    int asked = 0;
                    while (!stop.get()) {
                        assertThat(ask(slot)).containsExactly("4", "6");
                        asked++;
                    }
                    return asked;
                }));
            }
            for (int swap = 1; swap <= 100; swap++) {
                Fragile next = new Fragile();
                all.add(next);
                slot.swap(() -> next);
                next.fails = true;
                while (statistics.counted(Event.ROLLED_BACK) < swap) {
                    Thread.onSpinWait();
                }
            }
            stop.set(true);
            for (Future<Integer> asker : askers) {
                assertThat(asker.get()).isPositive();
            }
        }
        threads.shutdown();
        assertThat(all).allMatch(model -> model.toy.isClosed());
    }

    @Test
    void watch_wrongSettings_areRefused() {
        assertThat(SwapWatch.standard().failures()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SwapWatch(Duration.ZERO, 1))
                .withMessage("period must be above zero, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SwapWatch(Duration.ofSeconds(1), 0))
                .withMessage("failures must be at least 1, got 0");
    }
}
