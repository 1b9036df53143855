package io.github.recsys4j.model;

import static io.github.recsys4j.model.TwoTastes.dataset;
import static io.github.recsys4j.model.TwoTastes.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.retrieval.AutoIndex;
import io.github.recsys4j.retrieval.AutoIndexOptions;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.Similarity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link MultimodalRecommender#indexBy} does to answers. */
class RecommenderIndexTest {
    private static final RecommendationRequest REQUEST =
            RecommendationRequest.forHistory(List.of("i0", "i4", "i8")).k(5).build();

    @Test
    void indexBy_anotherIndex_answersTheSameAndIsKeptForNewItems() {
        List<ItemIndex> made = new ArrayList<>();
        List<Similarity> asked = new ArrayList<>();
        MultimodalRecommender recommender =
                TwoTastes.builder(Fusion.MODALITY_GATE).train(dataset());
        try (recommender) {
            assertThat(recommender).asString().contains("ExactIndex[");
            RecommendationResult before = recommender.recommend(REQUEST);
            recommender.indexBy((vectors, dim, similarity) -> {
                asked.add(similarity);
                made.add(AutoIndex.of(
                        vectors, dim, similarity, AutoIndexOptions.defaults().withExactBytes(0)));
                return made.get(made.size() - 1);
            });
            assertThat(recommender).asString().contains("HnswIndex[", "because ");
            RecommendationResult after = recommender.recommend(REQUEST);
            assertThat(after.recommendations()).hasSize(5);
            assertThat(after.recommendations().get(0).itemId())
                    .isEqualTo(before.recommendations().get(0).itemId());
            recommender.addItems(List.of("new"), text(1, 9));
            assertThat(made).hasSize(2);
            assertThat(made.get(1).size()).isEqualTo(made.get(0).size() + 1);
        }
        assertThat(asked).containsOnly(Similarity.INNER_PRODUCT);
        for (ItemIndex index : made) {
            assertThatIllegalStateException().isThrownBy(() -> index.topK(new float[index.dim()], 1));
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> recommender.indexBy(ItemIndex::auto))
                .withMessageContaining("is closed: load it again");
    }
}
