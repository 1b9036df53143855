package io.github.recsys4j.rerank;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.testing.Checkerboard;
import io.github.recsys4j.testing.RecommenderContract;
import io.github.recsys4j.testing.ToyRecommender;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A recommender that takes no steps of its own, wrapped, fulfils the contract of one that does. */
class ReRankingRecommenderTest extends RecommenderContract {

    @Override
    protected Recommender train(Dataset train) {
        ToyRecommender toy = new ToyRecommender("toy", train);
        return new ReRankingRecommender(toy, toy.knowledge());
    }

    @Test
    void recommend_itemOfWhichNothingIsKnown_namesIt() {
        ToyRecommender toy = new ToyRecommender("toy", Checkerboard.dataset());
        ItemKnowledge other = ItemKnowledge.of(Vocabulary.inOrder(List.of("x")), new long[1]);
        try (Recommender wrapped = new ReRankingRecommender(toy, other)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> wrapped.recommend(
                            RecommendationRequest.forUser("4").novelty(0.5).build()))
                    .withMessage("recommender toy recommended item \"4\", of which nothing is known: give knowledge of"
                            + " all its items");
        }
    }
}
