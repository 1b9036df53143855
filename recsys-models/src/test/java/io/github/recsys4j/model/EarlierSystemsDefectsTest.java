package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.feature.EncoderInfo;
import io.github.recsys4j.feature.FeatureCache;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.ItemFeatures;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.TextEncoder;
import io.github.recsys4j.model.encoder.HashedTextEncoder;
import io.github.recsys4j.model.network.ContentInput;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.train.AccidentalHits;
import io.github.recsys4j.model.train.InBatch;
import io.github.recsys4j.model.train.LogQ;
import io.github.recsys4j.model.train.Negatives;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each defect of the models of the three earlier multimodal systems (A: pairs, B: two towers, D: gated sequence) is absent
 * here. What is tested elsewhere: B's colliding items (ContrastTest), missing modalities (ItemTowerTest), A's pooling
 * over padding (OnnxTextEncoderTest), D's mixed-up lists (ItemFeaturesTest,
 * by id), its review of the target inside the target (DatasetFormatsTest) and its one target per sequence
 * (MicroBatchTest). B's need of a GPU: all of these tests train on the CPU.
 */
class EarlierSystemsDefectsTest {
    private static MultimodalRecommender quick(Architecture architecture) {
        return TwoTastes.builder(Fusion.MODALITY_GATE)
                .architecture(architecture.withDim(16).withHeads(2).withMaxLength(10))
                .epochs(2)
                .train(TwoTastes.dataset());
    }

    private static List<String> top(MultimodalRecommender of, List<String> history, int k) {
        return of.getRecommendations(history, k).stream()
                .map(Recommendation::itemId)
                .toList();
    }

    @Test
    void systemD_everyBatchWasEncodedAgain_eachTextIsEncodedOnce() {
        AtomicInteger encoded = new AtomicInteger();
        HashedTextEncoder texts = HashedTextEncoder.create(16);
        TextEncoder counting = new TextEncoder() {
            @Override
            public EncoderInfo info() {
                return texts.info();
            }

            @Override
            public float[] encode(List<? extends String> inputs) {
                encoded.addAndGet(inputs.size());
                return texts.encode(inputs);
            }

            @Override
            public void close() {
                texts.close();
            }
        };
        Dataset shop = withTitles(TwoTastes.dataset());
        ItemFeatures features = ItemFeatures.builder(
                        shop, FeatureCache.builder().text(counting).build())
                .text("title")
                .build();
        MultimodalRecommender.builder()
                .architecture(
                        Architecture.gatedSequence().withDim(16).withHeads(2).withMaxLength(10))
                .features(features)
                .epochs(3)
                .train(shop)
                .close();
        assertThat(encoded).hasValue(shop.items().size());
    }

    private static Dataset withTitles(Dataset shop) {
        Column titles = new Column(
                "title",
                shop.items().ids().stream().map(id -> "thing called " + id).toList());
        return shop.withTables(new Table(shop.items().size(), List.of(titles)), shop.userTable());
    }

    @ParameterizedTest
    @EnumSource(Fusion.class)
    void systemA_fusionWasNeverHandedToTheModel_everyFusionIsAnotherNetwork(Fusion fusion) {
        Set<String> others = new HashSet<>();
        Architecture base = Architecture.multimodalRanker().withDim(16).withHeads(2);
        for (Fusion other : Fusion.values()) {
            if (other != fusion) {
                others.add(parameters(base, other));
            }
        }
        assertThat(others).doesNotContain(parameters(base, fusion));
    }

    private static String parameters(Architecture base, Fusion fusion) {
        Architecture chosen = base.withItemTower(ItemTowerOptions.of(fusion));
        return chosen.network(TwoTastes.ITEMS, List.of(ContentInput.of(Modality.TEXT, 6)))
                .parameters()
                .toString();
    }

    @Test
    void systemA_newUsersWereNoise_rankerReadsAHistoryThatNobodyHas() {
        try (MultimodalRecommender ranker = quick(Architecture.multimodalRanker())) {
            RecommendationRequest stranger = RecommendationRequest.forUser("never seen")
                    .history(List.of("i0", "i4"))
                    .k(5)
                    .build();
            assertThat(ranker.recommend(stranger).source()).isEqualTo(Source.MODEL);
            assertThat(ranker.recommend(stranger).recommendations())
                    .isNotEqualTo(ranker.getRecommendations(List.of("i1", "i5"), 5));
        }
    }

    @Test
    void systemA_moreNegativesThanPopularItems_trainingFailed_drawsAgain() {
        Negatives many = Negatives.popularity(4 * TwoTastes.ITEMS).withoutHistory();
        try (MultimodalRecommender ranker =
                quick(Architecture.multimodalRanker().withNegatives(many))) {
            assertThat(ranker.getRecommendations("u0", 5)).hasSize(5);
        }
    }

    @Test
    void systemB_promisedCrossAttention_presetHasItAndItsWeightsDifferByItem() {
        try (MultimodalRecommender towers = quick(Architecture.twoTower())) {
            assertThat(towers.manifest().architecture()).containsEntry("fusion", "CROSS_ATTENTION");
            assertThat(towers.contentShares("i0")).isNotEqualTo(towers.contentShares("i1"));
        }
    }

    @Test
    void systemB_popularItemsWerePushedDown_presetsCorrectTheirChances() {
        for (Architecture preset : List.of(Architecture.twoTower(), Architecture.gatedSequence())) {
            InBatch settings = preset.loss().inBatch().orElseThrow();
            assertThat(settings.logQ()).isEqualTo(LogQ.STANDARD);
            assertThat(settings.accidentalHits()).isEqualTo(AccidentalHits.SAME_USER);
        }
    }

    @Test
    void systemB_servedOtherLengthsThanItTrained_modelReadsItsOwnLength() {
        List<String> longer = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            longer.add("i" + i);
        }
        try (MultimodalRecommender towers = quick(Architecture.twoTower())) {
            assertThat(towers.manifest().shape().maxLength()).isEqualTo(10);
            RecommendationRequest whole =
                    RecommendationRequest.forHistory(longer).build();
            RecommendationRequest read = RecommendationRequest.forHistory(longer.subList(20, 30))
                    .seen(longer)
                    .build();
            assertThat(towers.getRecommendations(whole)).isEqualTo(towers.getRecommendations(read));
        }
    }

    @Test
    void systemD_seenItemsCameBack_areFiltered() {
        try (MultimodalRecommender sequence = quick(Architecture.gatedSequence())) {
            assertThat(top(sequence, List.of("i0", "i4"), TwoTastes.ITEMS)).doesNotContain("i0", "i4");
        }
    }

    @Test
    void systemD_newItemsWereMaskedInHistories_areReadByTheirContents() {
        try (MultimodalRecommender sequence = quick(Architecture.gatedSequence())) {
            sequence.addItems(List.of("new"), matrix(9));
            sequence.addItems(List.of("other"), matrix(-9));
            Map<String, Double> with = scores(sequence, List.of("i0", "new"));
            assertThat(with).isNotEqualTo(scores(sequence, List.of("i0")));
            assertThat(with).isNotEqualTo(scores(sequence, List.of("i0", "other")));
        }
    }

    private static FeatureMatrix matrix(float first) {
        return FeatureMatrix.builder(Modality.TEXT, 1, 6)
                .put(0, new float[] {first, 0, 0, 0, 0, 0})
                .build();
    }

    private static Map<String, Double> scores(MultimodalRecommender of, List<String> history) {
        RecommendationRequest asked = RecommendationRequest.forHistory(history)
                .candidates(List.of("i5", "i6"))
                .build();
        return of.getRecommendations(asked).stream()
                .collect(Collectors.toMap(Recommendation::itemId, found -> (double) found.score()));
    }
}
