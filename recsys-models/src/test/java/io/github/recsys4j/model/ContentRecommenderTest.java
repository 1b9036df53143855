package io.github.recsys4j.model;

import static io.github.recsys4j.model.TwoTastes.ITEMS;
import static io.github.recsys4j.model.TwoTastes.USERS;
import static io.github.recsys4j.model.TwoTastes.WARM;
import static io.github.recsys4j.model.TwoTastes.dataset;
import static io.github.recsys4j.model.TwoTastes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.AccidentalHits;
import io.github.recsys4j.model.train.InBatch;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.retrieval.ItemPredicate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trains, serves and saves recommenders of {@link TwoTastes}. */
class ContentRecommenderTest {
    private static MultimodalRecommender recommender;

    @BeforeAll
    static void train() {
        recommender = TwoTastes.builder(Fusion.MODALITY_GATE).train(dataset());
    }

    @AfterAll
    static void close() {
        recommender.close();
    }

    private static List<String> top(MultimodalRecommender of, List<String> history, int k) {
        return of.getRecommendations(history, k).stream()
                .map(Recommendation::itemId)
                .toList();
    }

    /** Ranks the untouched items only. */
    private static void assertColdItemsFound(MultimodalRecommender found) {
        List<String> even = top(found, List.of("i0", "i4", "i8"), ITEMS);
        List<String> odd = top(found, List.of("i1", "i5", "i9"), ITEMS);
        assertThat(even.stream().filter(ContentRecommenderTest::isCold).limit(2))
                .containsExactlyInAnyOrder("i40", "i42");
        assertThat(odd.stream().filter(ContentRecommenderTest::isCold).limit(2))
                .containsExactlyInAnyOrder("i41", "i43");
    }

    private static boolean isCold(String id) {
        return Integer.parseInt(id.substring(1)) >= WARM;
    }

    @Test
    void train_itemsNobodyTouched_areRecommendedByTheirContents() {
        assertColdItemsFound(recommender);
    }

    @ParameterizedTest
    @EnumSource(
            value = Fusion.class,
            names = {"CONCATENATE", "SELF_ATTENTION", "CROSS_ATTENTION", "ID_GATE"})
    void train_otherFusions_recommendItemsNobodyTouched(Fusion fusion) {
        try (MultimodalRecommender other = TwoTastes.builder(fusion).train(dataset())) {
            assertColdItemsFound(other);
            assertThat(other.manifest().architecture()).containsEntry("fusion", fusion.toString());
        }
    }

    @Test
    void train_twoTables_makesBothFromContents(@TempDir Path folder) {
        RecommenderBuilder separate = TwoTastes.builder(Fusion.MODALITY_GATE)
                .architecture(Architecture.sasRecSoftmax()
                        .withDim(16)
                        .withMaxLength(10)
                        .withSharedItems(false)
                        .withItemTower(ItemTowerOptions.defaults().withIdDropout(0.3)))
                .epochs(60);
        try (MultimodalRecommender other = separate.train(dataset())) {
            assertColdItemsFound(other);
            other.save(folder.resolve("model"));
            assertThat(folder.resolve("model").resolve("item_vectors.npy")).exists();
            other.addItems(List.of("fresh"), text(1, 9));
            assertThat(top(other, List.of("i0", "i2"), ITEMS + 1)).contains("fresh");
        }
    }

    @Test
    void train_sameSeed_givesTheSameRows() {
        try (MultimodalRecommender again =
                TwoTastes.builder(Fusion.MODALITY_GATE).train(dataset())) {
            assertThat(again.getRecommendations(List.of("i0"), 10))
                    .isEqualTo(recommender.getRecommendations(List.of("i0"), 10));
        }
    }

    @Test
    void addItems_loadedModel_recommendsThemAndReadsThemInHistories(@TempDir Path folder) {
        recommender.save(folder.resolve("model"));
        assertThat(folder.resolve("model").resolve("item_tower.onnx")).exists();
        try (MultimodalRecommender loaded = MultimodalRecommender.load(folder.resolve("model"), Device.cpu())) {
            List<Recommendation> before = loaded.getRecommendations(List.of("i0", "i4"), 5);
            assertThat(before).isEqualTo(recommender.getRecommendations(List.of("i0", "i4"), 5));
            loaded.addItems(List.of("even", "odd"), text(2, 7));
            assertNewItemsServe(loaded);
            loaded.save(folder.resolve("grown"));
        }
        try (MultimodalRecommender grown = MultimodalRecommender.load(folder.resolve("grown"), Device.cpu())) {
            assertThat(grown.manifest().shape().items()).isEqualTo(ITEMS + 2);
            assertNewItemsServe(grown);
            grown.addItems(List.of("another"), TwoTastes.image(1, 8));
            assertThat(grown.items().indexOf("another")).isEqualTo(ITEMS + 2);
        }
    }

    @Test
    void addItems_withTheirColumns_areFilteredByThemAndKeepThem(@TempDir Path folder) {
        List<String> kinds = IntStream.range(0, ITEMS).mapToObj(i -> "old").toList();
        Table old = new Table(ITEMS, List.of(new Column("kind", kinds), new Column("title", kinds)));
        Table fresh = new Table(
                2, List.of(new Column("kind", List.of("new", "newest")), new Column("price", List.of("1", "2"))));
        try (MultimodalRecommender trained = TwoTastes.builder(Fusion.MODALITY_GATE)
                .epochs(1)
                .train(dataset().withTables(old, Table.empty(USERS)))) {
            trained.addItems(List.of("even", "odd"), fresh, text(2, 7));
            assertColumnsOfNewItems(trained);
            trained.save(folder.resolve("grown"));
        }
        try (MultimodalRecommender loaded = MultimodalRecommender.load(folder.resolve("grown"), Device.cpu())) {
            assertColumnsOfNewItems(loaded);
        }
    }

    private static void assertColumnsOfNewItems(MultimodalRecommender grown) {
        assertThat(grown.recommend(RecommendationRequest.forHistory(List.of("i0"))
                                .filter(ItemPredicate.in("kind", "new", "newest"))
                                .build())
                        .recommendations())
                .extracting(Recommendation::itemId)
                .containsExactlyInAnyOrder("even", "odd");
        Table table = grown.itemTable();
        assertThat(table.columns()).extracting(Column::name).containsExactly("kind", "title");
        assertThat(table.column("kind").orElseThrow().value(ITEMS + 1)).contains("newest");
        assertThat(table.column("title").orElseThrow().value(ITEMS + 1)).isEmpty();
    }

    private static void assertNewItemsServe(MultimodalRecommender loaded) {
        List<String> even = top(loaded, List.of("i0", "i4", "i8"), ITEMS + 2);
        assertThat(even.indexOf("even")).isNotNegative().isLessThan(even.indexOf("odd"));
        List<String> afterOdd = top(loaded, List.of("odd"), 8);
        assertThat(afterOdd).doesNotContain("odd").allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 1);
        List<String> afterEven = top(loaded, List.of("even"), 8);
        assertThat(afterEven).allMatch(id -> Integer.parseInt(id.substring(1)) % 2 == 0);
        assertThat(loaded.getRecommendations("u0", 3)).hasSize(3);
    }

    @Test
    void contentShares_anyItem_sayWhatItIsMadeOf() {
        assertThat(recommender.contentShares("i0")).containsOnlyKeys("text", "image", "id");
        assertThat(recommender.contentShares("i0").values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(1, within(1e-5));
        assertThat(recommender.contentShares("i3")).containsEntry("image", 0.0);
        assertThat(recommender.contentShares("i40")).containsEntry("id", 0.0);
        assertThat(recommender.contentShares("i40").get("text")).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recommender.contentShares("nobody"))
                .withMessage("item \"nobody\" is not in the catalogue: check the id");
    }

    @Test
    void train_alignment_isPartOfTheLoss() {
        assertThat(firstLoss(0.1)).isGreaterThan(firstLoss(0));
    }

    private double firstLoss(double alignment) {
        List<Double> losses = new ArrayList<>();
        try (MultimodalRecommender trained = TwoTastes.builder(Fusion.MODALITY_GATE)
                .architecture(Architecture.sasRecSoftmax()
                        .withDim(16)
                        .withMaxLength(10)
                        .withItemTower(ItemTowerOptions.defaults().withAlignment(alignment)))
                .epochs(1)
                .listener(progress ->
                        Optional.ofNullable(progress.metrics().get("loss")).ifPresent(losses::add))
                .train(dataset())) {
            assertThat(trained.manifest().architecture()).containsEntry("alignment", Double.toString(alignment));
        }
        return losses.get(0);
    }

    @ParameterizedTest
    @MethodSource("presets")
    void preset_savedAndLoaded_findsItemsNobodyTouched(Architecture preset, @TempDir Path folder) {
        RecommenderBuilder builder = TwoTastes.builder(Fusion.ID_GATE)
                .architecture(preset.withDim(16)
                        .withHeads(2)
                        .withMaxLength(10)
                        .withItemTower(preset.itemTower().withIdDropout(0.3)))
                .options(TrainingOptions.builder()
                        .optimizer(Optimizer.adam().withLearningRate(0.01))
                        .batchSize(20)
                        .threads(2)
                        .build())
                .userFeatures(users())
                .epochs(60);
        try (MultimodalRecommender trained = builder.train(dataset())) {
            assertThat(usersServedByTaste(trained)).isGreaterThan(USERS * 3 / 4);
            trained.save(folder.resolve("model"));
            try (MultimodalRecommender loaded = MultimodalRecommender.load(folder.resolve("model"), Device.cpu())) {
                assertThat(loaded.getRecommendations("u3", 8)).isEqualTo(trained.getRecommendations("u3", 8));
                List<String> history = List.of("i0", "i2");
                assertThat(loaded.getRecommendations(history, 8)).isEqualTo(trained.getRecommendations(history, 8));
                assertThat(loaded.recommend(RecommendationRequest.forUser("u1")
                                        .history(history)
                                        .build())
                                .recommendations())
                        .isNotEqualTo(loaded.getRecommendations(history, 10));
                loaded.addItems(List.of("fresh"), text(1, 3));
                assertThat(top(loaded, history, 100)).contains("fresh");
            }
        }
    }

    /** How many users find an untouched item of their own taste before one of the other. */
    private static long usersServedByTaste(MultimodalRecommender found) {
        return IntStream.range(0, USERS)
                .filter(user -> found.getRecommendations("u" + user, ITEMS).stream()
                                        .map(Recommendation::itemId)
                                        .filter(ContentRecommenderTest::isCold)
                                        .mapToInt(id -> Integer.parseInt(id.substring(1)))
                                        .findFirst()
                                        .orElse(-1)
                                % 2
                        == user % 2)
                .count();
    }

    static List<Architecture> presets() {
        Architecture learning = Architecture.twoTower()
                .withLoss(Loss.inBatch(InBatch.oneSided(0.2)
                        .withLearnedTemperature(true)
                        .withHardNegatives(20)
                        .withAccidentalHits(AccidentalHits.KNOWN_ITEMS)));
        return List.of(
                Architecture.gatedSequence(), Architecture.twoTower(), learning, Architecture.multimodalRanker());
    }

    private static FeatureMatrix users() {
        FeatureMatrix.Builder builder = FeatureMatrix.builder(Modality.CATEGORIES, USERS, 2);
        for (int user = 0; user < USERS - 1; user++) {
            builder.put(user, new float[] {user % 2, 1 - user % 2});
        }
        return builder.build();
    }

    @Test
    void addItems_whileOthersAsk_disturbsNobody(@TempDir Path folder) throws InterruptedException {
        recommender.save(folder.resolve("model"));
        List<Throwable> failures = new ArrayList<>();
        try (MultimodalRecommender loaded = MultimodalRecommender.load(folder.resolve("model"), Device.cpu())) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                Thread asking = new Thread(() -> {
                    for (int i = 0; i < 60; i++) {
                        List<String> found = top(loaded, List.of("i0", "i2"), 100);
                        assertThat(found).hasSizeGreaterThanOrEqualTo(ITEMS - 2).doesNotHaveDuplicates();
                    }
                });
                asking.setUncaughtExceptionHandler((thread, failure) -> {
                    synchronized (failures) {
                        failures.add(failure);
                    }
                });
                asking.start();
                threads.add(asking);
            }
            for (int i = 0; i < 12; i++) {
                loaded.addItems(List.of("new" + i), text(1, i));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(loaded.items().size()).isEqualTo(ITEMS + 12);
        }
    }

    @Test
    void addItems_wrongGiven_saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recommender.addItems(List.of("i3"), text(1, 1)))
                .withMessage("item \"i3\" is in the catalogue already: leave it out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recommender.addItems(List.of("a", "a"), text(2, 1)))
                .withMessage("item \"a\" stands twice among the new items: leave one out");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recommender.addItems(List.of("a", "b"), text(1, 1)))
                .withMessageStartingWith("features must have one row for each of the 2 new items, got");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recommender.addItems(
                        List.of("a"),
                        FeatureMatrix.builder(Modality.TEXT, 1, 7)
                                .put(0, new float[7])
                                .build()))
                .withMessageStartingWith("features must be among those that the model was trained with,")
                .withMessageContaining("dim=6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recommender.addItems(
                        List.of("empty"),
                        FeatureMatrix.builder(Modality.TEXT, 1, 6).build()))
                .withMessageStartingWith("item \"empty\" has none of the contents");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> recommender.addItems(List.of("a", "b"), Table.empty(1), text(2, 1)))
                .withMessage("table must have one row for each of the 2 new items, got 1");
        assertThat(recommender.items().size()).isEqualTo(ITEMS);
    }

    @Test
    void addItems_trainedWithoutFeatures_saysHowToTrain() {
        Architecture ids = RandomModels.small(Architecture.sasRec());
        ModelArtifact artifact = RandomModels.artifact(ids, dataset(), 1);
        try (MultimodalRecommender plain = MultimodalRecommender.of(artifact, Device.cpu())) {
            assertThatThrownBy(() -> plain.addItems(List.of("a"), text(1, 1)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("was trained without features")
                    .hasMessageEndingWith("RecommenderBuilder.features");
        }
    }

    @Test
    void features_otherNumberOfRows_saysBothNumbers() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        TwoTastes.builder(Fusion.ID_GATE).features(text(7, 1)).train(dataset()))
                .withMessageStartingWith("features must have one row for each of the data set's 44 items, given")
                .withMessageEndingWith("line them up with FeatureMatrix.align");
    }

    @Test
    void features_modalityTwice_saysWhich() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TwoTastes.builder(Fusion.ID_GATE).features(text(7, 1), text(7, 1)))
                .withMessageContaining("given TEXT twice");
    }

    @Test
    void load_contentsAltered_saysWhatBelongsTogether(@TempDir Path folder) throws IOException {
        recommender.save(folder.resolve("model"));
        Path file = folder.resolve("model").resolve(ArtifactFiles.MANIFEST);
        ObjectMapper json = new ObjectMapper();
        ObjectNode manifest = (ObjectNode) json.readTree(file.toFile());
        ArrayNode contents = (ArrayNode) manifest.get("contents");
        ((ObjectNode) contents.get(1)).put("modality", "AUDIO");
        Files.write(file, json.writeValueAsBytes(manifest));
        assertThatThrownBy(() -> MultimodalRecommender.load(folder.resolve("model"), Device.cpu()))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("item_tower.onnx reads")
                .hasMessageContaining("as the manifest says");
        contents.removeAll();
        Files.write(file, json.writeValueAsBytes(manifest));
        assertThatThrownBy(() -> MultimodalRecommender.load(folder.resolve("model"), Device.cpu()))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("an item tower and its contents belong together");
    }
}
