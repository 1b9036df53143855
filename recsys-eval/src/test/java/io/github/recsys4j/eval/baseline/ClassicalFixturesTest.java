package io.github.recsys4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** EASE and item k-NN give the scores of RecBole's published code on a small binary matrix. */
final class ClassicalFixturesTest {
    private static final int USERS = 30;
    private static final int ITEMS = 20;

    /** The fixture lists the columns where equal similarities meet at the cut: their choice means nothing. */
    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("ease_reg1/scores", new Ease(1), Set.of()),
                Arguments.of("ease_reg50/scores", new Ease(50), Set.of()),
                Arguments.of("ease_reg250/scores", new Ease(250), Set.of()),
                Arguments.of("itemknn_all_shrink0/scores", ItemKnn.allNeighbours(), Set.of()),
                Arguments.of("itemknn_all_shrink10/scores", new ItemKnn(ITEMS, 10), Set.of()),
                Arguments.of("itemknn_top5_shrink0/scores", new ItemKnn(5, 0), Set.of()),
                Arguments.of("itemknn_top5_shrink10/scores", new ItemKnn(5, 10), Set.of(5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void train_publishedMatrix_givesThePublishedScores(String tensor, Baseline baseline, Set<Integer> ambiguous)
            throws IOException {
        Path folder = RealData.path("fixtures", "networks", "classical");
        JsonNode description = new ObjectMapper()
                .readTree(folder.resolve("manifest.json").toFile())
                .get("tensors")
                .get(tensor);
        FloatBuffer expected =
                NpyFile.read(folder.resolve(description.get("file").asText())).floats();
        double tolerance = description.path("suggested_atol").asDouble(1e-5);
        int compared = 0;
        try (Recommender recommender = baseline.train(matrix(folder))) {
            for (int user = 0; user < USERS; user++) {
                RecommendationRequest request = RecommendationRequest.forUser(String.valueOf(user))
                        .includeSeen()
                        .k(ITEMS)
                        .build();
                if (user == 7) {
                    continue;
                }
                for (Recommendation recommendation : recommender.getRecommendations(request)) {
                    int item = Integer.parseInt(recommendation.itemId());
                    if (!ambiguous.contains(item)) {
                        assertThat((double) recommendation.score())
                                .as("user %s, item %s", user, item)
                                .isCloseTo(expected.get(user * ITEMS + item), within(tolerance));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isEqualTo((USERS - 1) * (ITEMS - ambiguous.size()));
    }

    /** User 7 has no item. */
    private static Dataset matrix(Path folder) {
        FloatBuffer matrix = NpyFile.read(folder.resolve("X.npy")).floats();
        int[] offsets = new int[USERS + 1];
        List<Integer> rows = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            for (int item = 0; item < ITEMS; item++) {
                if (matrix.get(user * ITEMS + item) == 1) {
                    rows.add(item);
                }
            }
            offsets[user + 1] = rows.size();
        }
        int[] items = rows.stream().mapToInt(Integer::intValue).toArray();
        return Dataset.of(
                numbered(USERS),
                numbered(ITEMS),
                Interactions.ofSorted(offsets, items, Optional.empty(), Optional.empty()));
    }

    private static Vocabulary numbered(int count) {
        return Vocabulary.of(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    @Test
    void create_wrongSettings_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ease(0))
                .withMessage("lambda must be a finite number above 0, got 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ItemKnn(0, 1))
                .withMessage("k must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ItemKnn(1, -1))
                .withMessage("shrink must be finite and at least 0, got -1.0");
    }

    @Test
    void named_knownOrNot_findsItOrListsAll() {
        assertThat(Baselines.named("item-knn")).isEqualTo(ItemKnn.allNeighbours());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Baselines.named("knn"))
                .withMessage("baseline must be one of [random, popularity, markov, item-knn, ease], got \"knn\"");
    }

    @Test
    void train_tooManyItemsForEase_saysWhatToDo() {
        Dataset wide = Dataset.of(
                numbered(1),
                numbered(Ease.MAX_ITEMS + 1),
                Interactions.ofSorted(new int[2], new int[0], Optional.empty(), Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Ease(1).train(wide))
                .withMessage("ease needs memory for items^2 weights and takes at most 40000 items, got 40001: leave it"
                        + " out or filter rare items");
    }
}
