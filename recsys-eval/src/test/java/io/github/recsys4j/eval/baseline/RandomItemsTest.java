package io.github.recsys4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.testing.Checkerboard;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RandomItemsTest {

    private static List<Recommendation> ask(long seed, String user) {
        try (Recommender random = new RandomItems(seed).train(Checkerboard.dataset())) {
            return random.getRecommendations(user, 5);
        }
    }

    @Test
    void recommend_sameSeedAndUser_givesTheSameAnswer() {
        assertThat(ask(1, "4")).isEqualTo(ask(1, "4"));
        assertThat(ask(1, "4")).isNotEqualTo(ask(2, "4"));
        assertThat(ask(1, "4")).isNotEqualTo(ask(1, "5"));
    }

    @Test
    void recommend_manySeeds_isUniform() {
        int first = 0;
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 2200; seed++) {
            String best = ask(seed, "4").get(0).itemId();
            seen.add(best);
            first += best.equals("4") ? 1 : 0;
        }
        assertThat(seen).hasSize(Checkerboard.SIZE - Checkerboard.history(4).size());
        assertThat(first / 2200.0).isCloseTo(1.0 / seen.size(), within(0.025));
    }
}
