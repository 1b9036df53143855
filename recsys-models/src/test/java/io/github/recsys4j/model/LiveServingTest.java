package io.github.recsys4j.model;

import static io.github.recsys4j.retrieval.ItemPredicate.equal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.retrieval.ItemAttributes;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.serve.BulkJob;
import io.github.recsys4j.serve.Fallback;
import io.github.recsys4j.serve.InMemoryHistoryStore;
import io.github.recsys4j.serve.Interaction;
import io.github.recsys4j.serve.ItemActivity;
import io.github.recsys4j.serve.LiveRecommender;
import io.github.recsys4j.serve.RecommenderSlot;
import io.github.recsys4j.serve.SelfCheck;
import io.github.recsys4j.serve.ServingMetrics;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import io.github.recsys4j.serve.ServingStatistics;
import io.github.recsys4j.serve.SimilarItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models in a live setting: recorded interactions, swapped folders, re-ranking, similar items, bulk. */
class LiveServingTest {
    private static final int ITEMS = 60;
    private static final int MAX_LENGTH = 12;
    private static final Dataset DATASET = RandomModels.dataset(30, ITEMS, 20, 4);
    private static final SelfCheck CHECK = SelfCheck.of(
            List.of(RecommendationRequest.forHistory(List.of("i3", "i9", "i4")).build()));

    @TempDir
    Path folder;

    private static ModelArtifact artifact(long seed) {
        return RandomModels.artifact(RandomModels.small(Architecture.sasRec()), DATASET, seed);
    }

    private static MultimodalRecommender model(long seed) {
        return MultimodalRecommender.of(artifact(seed), Device.cpu());
    }

    private Path saved(String name, ModelArtifact artifact) {
        Path path = folder.resolve(name);
        ArtifactWriter.write(artifact, path);
        return path;
    }

    private static MultimodalRecommender load(Path path) {
        return MultimodalRecommender.load(path, Device.cpu());
    }

    private static List<String> ids(List<Recommendation> found) {
        return found.stream().map(Recommendation::itemId).toList();
    }

    @Test
    void record_knownUser_equalsAskingWithTheLongerHistory() {
        MultimodalRecommender model = model(1);
        try (LiveRecommender live =
                LiveRecommender.builder(model, new InMemoryHistoryStore()).build()) {
            List<String> history = new ArrayList<>(model.history("u5"));
            assertThat(history).isNotEmpty();
            assertThat(live.getRecommendations("u5", 10)).isEqualTo(model.getRecommendations(history, 10));
            for (String next : List.of("i3", "i44", "i3")) {
                live.record(new Interaction("u5", next, 1));
                history.add(next);
                assertThat(live.getRecommendations("u5", 10))
                        .isEqualTo(model.getRecommendations(history, 10))
                        .extracting(Recommendation::itemId)
                        .doesNotContain(next);
            }
            assertThat(live.recommend(RecommendationRequest.forUser("u0").build())
                            .source())
                    .isEqualTo(Source.POPULARITY);
        }
    }

    @Test
    void swap_savedFolder_servesTheNewModelFromTheNextRequestOn() {
        Path next = saved("next", artifact(2));
        try (RecommenderSlot slot = new RecommenderSlot(model(1), CHECK, ServingMetrics.none());
                MultimodalRecommender expected = model(2)) {
            slot.swap(() -> load(next));
            assertThat(slot.getRecommendations("u5", 10)).isEqualTo(expected.getRecommendations("u5", 10));
        }
    }

    @Test
    void swap_folderAlteredOnDisk_isRefusedAndTheOldModelGoesOn() throws IOException {
        Path next = saved("altered", artifact(2));
        Path vectors = next.resolve(ArtifactFiles.ITEM_INPUTS);
        byte[] bytes = Files.readAllBytes(vectors);
        bytes[bytes.length - 3] ^= 1;
        Files.write(vectors, bytes);
        try (RecommenderSlot slot = new RecommenderSlot(model(1), CHECK, ServingMetrics.none())) {
            List<Recommendation> before = slot.getRecommendations("u5", 10);
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> slot.swap(() -> load(next)))
                    .withMessageContaining("it was altered");
            assertThat(slot.getRecommendations("u5", 10)).isEqualTo(before);
            assertThat(slot.health().troubles().get(0)).startsWith("the last model was not put in place: ");
        }
    }

    @Test
    void swap_modelOfAnotherCatalogue_isRefused() {
        Dataset other = Dataset.of(
                DATASET.users(),
                Vocabulary.inOrder(
                        IntStream.range(0, ITEMS).mapToObj(i -> "other" + i).toList()),
                DATASET.interactions());
        Path wrong = saved("wrong", RandomModels.artifact(RandomModels.small(Architecture.sasRec()), other, 3));
        try (RecommenderSlot slot = new RecommenderSlot(model(1), CHECK, ServingMetrics.none())) {
            assertThatExceptionOfType(ArtifactException.class)
                    .isThrownBy(() -> slot.swap(() -> load(wrong)))
                    .withMessageContaining("was answered by POPULARITY and not by the model");
            assertThat(slot.getRecommendations("u5", 3)).hasSize(3);
        }
    }

    /** Every answer under swapping is wholly one model's, and no request fails. */
    @Test
    void swap_underLoad_everyAnswerIsOneModels() throws Exception {
        List<String> history = List.of("i1", "i2", "i3");
        List<List<Recommendation>> allowed = new ArrayList<>();
        for (long seed : new long[] {1, 2}) {
            try (MultimodalRecommender alone = model(seed)) {
                allowed.add(alone.getRecommendations(history, 5));
            }
        }
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (RecommenderSlot slot = new RecommenderSlot(model(1), CHECK, ServingMetrics.none())) {
            List<Future<Integer>> askers = IntStream.range(0, 2)
                    .mapToObj(i -> threads.submit(() -> {
                        int asked = 0;
                        for (; !stop.get(); asked++) {
                            assertThat(slot.getRecommendations(history, 5)).isIn(allowed);
                        }
                        return asked;
                    }))
                    .toList();
            for (int swap = 0; swap < 12; swap++) {
                long seed = 2L - swap % 2;
                slot.swap(() -> model(seed));
            }
            stop.set(true);
            for (Future<Integer> asker : askers) {
                assertThat(asker.get()).isPositive();
            }
        }
        threads.shutdown();
    }

    @Test
    void recommend_interruptedThread_answersAndStaysInterrupted() {
        try (MultimodalRecommender model = model(1)) {
            List<Recommendation> expected = model.getRecommendations("u5", 5);
            Thread.currentThread().interrupt();
            List<Recommendation> found = model.getRecommendations("u5", 5);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(found).isEqualTo(expected);
        }
    }

    @Test
    void observe_stagesAndIndexSize_areHeard() {
        ServingStatistics statistics = new ServingStatistics();
        try (MultimodalRecommender model = model(1)) {
            model.observe(statistics);
            model.getRecommendations("u5", 5);
            model.getRecommendations(List.of("i3"), 5);
            assertThat(statistics.indexSize()).isEqualTo(ITEMS);
            assertThat(statistics.latency(Stage.HISTORY).count()).isEqualTo(1);
            for (Stage stage : List.of(Stage.TOWER, Stage.SEARCH, Stage.RERANK)) {
                assertThat(statistics.latency(stage).count()).as("%s", stage).isEqualTo(2);
                assertThat(statistics.latency(stage).p999()).isPositive();
            }
            model.recommend(List.of(
                    RecommendationRequest.forUser("u5").build(),
                    RecommendationRequest.forUser("u6").build()));
            assertThat(statistics.latency(Stage.SEARCH).count()).isEqualTo(3);
        }
    }

    /** The largest cosine between two items of an answer falls when diversity rises. */
    @Test
    void recommend_diversity_bringsItemsApart() {
        try (MultimodalRecommender model = model(1)) {
            BatchScorer scorer = model.batchScorer().orElseThrow();
            double plain = 0;
            double diverse = 0;
            for (int user = 1; user < 20; user++) {
                RecommendationRequest.Builder request =
                        RecommendationRequest.forUser("u" + user).k(6);
                plain += nearness(scorer, model.getRecommendations(request.build()));
                diverse += nearness(
                        scorer, model.getRecommendations(request.diversity(0.7).build()));
            }
            assertThat(diverse).isLessThan(0.8 * plain);
        }
    }

    private static double nearness(BatchScorer scorer, List<Recommendation> answer) {
        double sum = 0;
        for (Recommendation one : answer) {
            for (Recommendation other : answer) {
                sum += one.equals(other) ? 0 : cosine(scorer, one.itemId(), other.itemId());
            }
        }
        return sum;
    }

    private static double cosine(BatchScorer scorer, String one, String other) {
        int dim = scorer.dim();
        int a = scorer.items().indexOf(one) * dim;
        int b = scorer.items().indexOf(other) * dim;
        double product = 0;
        double first = 0;
        double second = 0;
        for (int d = 0; d < dim; d++) {
            product += scorer.itemVectors()[a + d] * scorer.itemVectors()[b + d];
            first += scorer.itemVectors()[a + d] * scorer.itemVectors()[a + d];
            second += scorer.itemVectors()[b + d] * scorer.itemVectors()[b + d];
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void similarItems_areThoseOfTheLargestCosine() {
        try (MultimodalRecommender model = model(1);
                SimilarItems similar = SimilarItems.of(model.batchScorer().orElseThrow())) {
            BatchScorer scorer = model.batchScorer().orElseThrow();
            List<Recommendation> found = similar.similarItems("i7", ITEMS);
            assertThat(found)
                    .hasSize(ITEMS - 1)
                    .extracting(Recommendation::itemId)
                    .doesNotContain("i7");
            for (Recommendation item : found) {
                assertThat((double) item.score()).isCloseTo(cosine(scorer, "i7", item.itemId()), within(1e-5));
            }
            assertThat(found).isSortedAccordingTo((one, other) -> Float.compare(other.score(), one.score()));
            assertThat(similar.similarItems("i7", 3)).isEqualTo(found.subList(0, 3));
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> similar.similarItems("nobody", 3))
                    .withMessage("item \"nobody\" is not in the catalogue: check the id");
        }
    }

    @Test
    void similarItems_closed_areRefused() {
        try (MultimodalRecommender model = model(1)) {
            SimilarItems similar = SimilarItems.of(model.batchScorer().orElseThrow());
            similar.close();
            similar.close();
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> similar.similarItems("i7", 3));
        }
    }

    @Test
    void bulk_blocks_answerAsSingleRequestsDo() {
        try (MultimodalRecommender model = model(1)) {
            List<String> users = new ArrayList<>();
            new BulkJob(model).k(5).blockSize(7).run(DATASET.users().ids().stream(), (ids, results) -> {
                for (int i = 0; i < ids.size(); i++) {
                    RecommendationResult alone = model.recommend(
                            RecommendationRequest.forUser(ids.get(i)).k(5).build());
                    assertThat(ids(results.get(i).recommendations())).isEqualTo(ids(alone.recommendations()));
                }
                users.addAll(ids);
            });
            assertThat(users).isEqualTo(DATASET.users().ids());
        }
    }

    /** System C looked items up by raw id and was off by one: here row, id and vector belong together for every item. */
    @Test
    void recommend_everyItem_scoresByItsOwnVector() {
        try (MultimodalRecommender model = model(1)) {
            BatchScorer scorer = model.batchScorer().orElseThrow();
            RecommendationRequest all = RecommendationRequest.forHistory(List.of("i3", "i9"))
                    .includeSeen()
                    .k(ITEMS)
                    .build();
            float[] user = scorer.userVectors(List.of(all));
            List<Recommendation> found = model.getRecommendations(all);
            assertThat(found).hasSize(ITEMS);
            for (Recommendation item : found) {
                int row = Integer.parseInt(item.itemId().substring(1));
                double product = 0;
                for (int d = 0; d < user.length; d++) {
                    product += user[d] * scorer.itemVectors()[row * user.length + d];
                }
                assertThat((double) item.score()).isCloseTo(product, within(1e-4));
            }
        }
    }

    /** System C read another padding and length in the service than in the model: a history of any length is read alike. */
    @Test
    void recommend_historyOfAnyLength_readsTheMostRecentOfTheModelsLength() {
        List<String> longer = IntStream.range(0, 30).mapToObj(i -> "i" + i).toList();
        try (MultimodalRecommender model = model(1)) {
            for (int length = 1; length <= 30; length++) {
                List<String> history = longer.subList(30 - length, 30);
                List<String> read = history.subList(Math.max(0, length - MAX_LENGTH), length);
                assertThat(model.getRecommendations(RecommendationRequest.forHistory(history)
                                .seen(longer)
                                .build()))
                        .isEqualTo(model.getRecommendations(RecommendationRequest.forHistory(read)
                                .seen(longer)
                                .build()));
            }
        }
    }

    /** Item i has the year 2000 + i and the genres even or odd, with "third" beside it for every third. */
    private static Dataset withColumns() {
        List<String> years = IntStream.range(0, ITEMS)
                .mapToObj(i -> String.valueOf(2000 + i))
                .toList();
        List<String> genres = IntStream.range(0, ITEMS)
                .mapToObj(i -> (i % 2 == 0 ? "even" : "odd") + (i % 3 == 0 ? "|third" : ""))
                .toList();
        Table items = new Table(ITEMS, List.of(new Column("year", years), new Column("genres", genres)));
        return DATASET.withTables(items, Table.empty(DATASET.users().size()));
    }

    /** System C took filters in its requests and did not apply them. */
    @Test
    void recommend_filter_holdsForModelFallbackAndBatch() {
        try (MultimodalRecommender model = MultimodalRecommender.of(
                RandomModels.artifact(RandomModels.small(Architecture.sasRec()), withColumns(), 1), Device.cpu())) {
            model.filterBy(table ->
                    ItemAttributes.builder(table).severalValues("genres", "|").build());
            ItemPredicate wanted = equal("genres", "third").and(ItemPredicate.atLeast("year", 2030));
            List<RecommendationRequest> requests = IntStream.range(0, 6)
                    .mapToObj(user -> RecommendationRequest.forUser("u" + user)
                            .includeSeen()
                            .k(ITEMS)
                            .build())
                    .toList();
            List<RecommendationRequest> filtered = requests.stream()
                    .map(request -> request.toBuilder().filter(wanted).build())
                    .toList();
            List<RecommendationResult> batch = model.recommend(filtered);
            for (int user = 0; user < 6; user++) {
                List<String> expected = ids(model.getRecommendations(requests.get(user))).stream()
                        .filter(id -> number(id) % 3 == 0 && number(id) >= 30)
                        .toList();
                assertThat(ids(model.getRecommendations(filtered.get(user))))
                        .hasSize(10)
                        .isEqualTo(expected);
                assertThat(ids(batch.get(user).recommendations())).isEqualTo(expected);
            }
            assertThat(model.recommend(filtered.get(0)).source()).isEqualTo(Source.POPULARITY);
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> model.recommend(RecommendationRequest.forUser("u1")
                            .filter(equal("director", "nobody"))
                            .build()))
                    .withMessageContaining("director");
        }
    }

    @Test
    void recommend_newUserWithFilter_getsFallbackItemsThatPassIt() {
        MultimodalRecommender model = MultimodalRecommender.of(
                RandomModels.artifact(RandomModels.small(Architecture.sasRec()), withColumns(), 1), Device.cpu());
        ItemActivity activity = ItemActivity.builder().refresh(Duration.ZERO).build();
        for (int item = 0; item < ITEMS; item++) {
            activity.record("i" + item, item);
        }
        activity.record("not in the catalogue", ITEMS);
        RecommenderSlot slot = new RecommenderSlot(
                model,
                SelfCheck.of(
                        List.of(RecommendationRequest.forHistory(List.of("i1")).build())),
                ServingMetrics.none());
        try (LiveRecommender live = LiveRecommender.builder(slot, new InMemoryHistoryStore())
                .fallback(Fallback.recent(activity))
                .build()) {
            RecommendationRequest request = RecommendationRequest.forUser("stranger")
                    .filter(ItemPredicate.between("year", 2010, 2013))
                    .excluding(List.of("i12"))
                    .k(5)
                    .build();
            RecommendationResult answer = live.recommend(request);
            assertThat(answer.source()).isEqualTo(Source.RECENT);
            assertThat(ids(answer.recommendations())).containsExactly("i13", "i11", "i10");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> live.recommend(RecommendationRequest.forUser("stranger")
                            .filter(equal("yeer", "2010"))
                            .build()))
                    .withMessage("column \"yeer\" is not there, the items have [year, genres]: did you mean \"year\"?");
        }
    }

    private static int number(String id) {
        return Integer.parseInt(id.substring(1));
    }
}
