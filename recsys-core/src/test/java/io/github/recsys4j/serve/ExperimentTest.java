package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.rerank.ReRankingRecommender;
import io.github.recsys4j.testing.Checkerboard;
import io.github.recsys4j.testing.RecommenderContract;
import io.github.recsys4j.testing.ToyRecommender;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ExperimentTest {
    private static final int USERS = 20_000;

    @Nested
    class ContractTest extends RecommenderContract {
        @Override
        protected Recommender train(Dataset train) {
            ToyRecommender one = new ToyRecommender("one", train);
            ToyRecommender two = new ToyRecommender("two", train);
            return Experiment.named("test")
                    .arm("one", new ReRankingRecommender(one, one.knowledge()), 0.5)
                    .arm("two", new ReRankingRecommender(two, two.knowledge()), 0.5)
                    .build();
        }
    }

    private static Experiment experiment(String name) {
        return Experiment.named(name)
                .arm("old", new ToyRecommender("a", Checkerboard.dataset()), 0.2)
                .arm("new", new ToyRecommender("b", Checkerboard.dataset()), 0.7)
                .arm("bold", new ToyRecommender("c", Checkerboard.dataset()), 0.1)
                .build();
    }

    private static long inArm(Experiment experiment, String arm) {
        return IntStream.range(0, USERS)
                .filter(user -> experiment.armOf("u" + user).equals(arm))
                .count();
    }

    /** Four standard deviations of a binomial share of 20,000 users are at most .014. */
    @Test
    void arms_getTheirShares() {
        try (Experiment experiment = experiment("e1")) {
            assertThat((double) inArm(experiment, "old") / USERS).isBetween(0.19, 0.21);
            assertThat((double) inArm(experiment, "new") / USERS).isBetween(0.686, 0.714);
            assertThat((double) inArm(experiment, "bold") / USERS).isBetween(0.09, 0.11);
        }
    }

    /** Fixed: a user must not change the arm with a version of the library. */
    @Test
    void armOf_isTheSameForEver() {
        try (Experiment experiment = experiment("e1")) {
            assertThat(IntStream.range(0, 12)
                            .mapToObj(user -> experiment.armOf("u" + user))
                            .toList())
                    .containsExactly(
                            "new", "new", "new", "old", "old", "new", "new", "new", "new", "old", "new", "new");
        }
    }

    @Test
    void armOf_otherName_dividesAnew() {
        try (Experiment one = experiment("e1");
                Experiment other = experiment("e2")) {
            long same = IntStream.range(0, USERS)
                    .filter(user -> one.armOf("u" + user).equals(other.armOf("u" + user)))
                    .count();
            assertThat((double) same / USERS).isBetween(0.52, 0.56);
        }
    }

    @Test
    void recommend_saysTheArm_oneByOneAndInBatches() {
        try (Experiment experiment = experiment("e1")) {
            List<RecommendationRequest> requests = IntStream.range(0, 50)
                    .mapToObj(user -> RecommendationRequest.forUser(String.valueOf(user))
                            .k(3)
                            .build())
                    .toList();
            List<RecommendationResult> batch = experiment.recommend(requests);
            for (int user = 0; user < 50; user++) {
                assertThat(batch.get(user)).isEqualTo(experiment.recommend(requests.get(user)));
                assertThat(batch.get(user).arm()).isEqualTo(Optional.of(experiment.armOf(String.valueOf(user))));
            }
            assertThat(experiment
                            .recommend(RecommendationRequest.forHistory(List.of("2"))
                                    .build())
                            .arm())
                    .contains("old");
        }
    }

    @Test
    void build_badArms_areRefused() {
        Recommender toy = new ToyRecommender("a", Checkerboard.dataset());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Experiment.named("e").arm("a", toy, 0.5).build())
                .withMessage("shares of the arms must sum to 1, got 0.5: each user belongs to one arm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Experiment.named("e").arm("a", toy, 0))
                .withMessage("share of arm a must be above 0 and at most 1, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Experiment.named("e").arm("a", toy, 0.5).arm("a", toy, 0.5))
                .withMessage("arm \"a\" is there already: give each arm its own name");
    }
}
