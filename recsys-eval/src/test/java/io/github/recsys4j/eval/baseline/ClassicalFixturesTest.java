package io.github.recsys4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;
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
import io.github.recsys4j.eval.baseline.Ials.Factors;
import io.github.recsys4j.eval.baseline.SparseRows.Column;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** EASE, k-NN, SLIM and iALS give what published code gives on a small binary matrix. */
final class ClassicalFixturesTest {
    private static final int USERS = 30;
    private static final int ITEMS = 20;
    /** Sums in single precision, and stops when no weight moves by a millionth. */
    private static final double SLIM_TOLERANCE = 1e-5;
    /** Has no item. */
    private static final int NOBODY = 7;

    /** Rows of users and columns of items where equal similarities meet at the cut: their choice means nothing. */
    private record Ties(Set<Integer> users, Set<Integer> items) {
        static final Ties NONE = new Ties(Set.of(), Set.of());
    }

    /** Settings, and what the fixture lists of them. */
    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("ease_reg1/scores", new Ease(1), Ties.NONE),
                Arguments.of("ease_reg50/scores", new Ease(50), Ties.NONE),
                Arguments.of("ease_reg250/scores", new Ease(250), Ties.NONE),
                Arguments.of("itemknn_all_shrink0/scores", ItemKnn.allNeighbours(), Ties.NONE),
                Arguments.of("itemknn_all_shrink10/scores", new ItemKnn(ITEMS, 10), Ties.NONE),
                Arguments.of("itemknn_top5_shrink0/scores", new ItemKnn(5, 0), Ties.NONE),
                Arguments.of("itemknn_top5_shrink10/scores", new ItemKnn(5, 10), new Ties(Set.of(), Set.of(5))),
                Arguments.of("userknn_all_shrink0/scores", new UserKnn(USERS, 0), Ties.NONE),
                Arguments.of("userknn_all_shrink10/scores", new UserKnn(Integer.MAX_VALUE, 10), Ties.NONE),
                Arguments.of(
                        "userknn_top5_shrink0/scores",
                        new UserKnn(5, 0),
                        new Ties(Set.of(1, 9, 10, 13, 14, 16, 18, 26, 29), Set.of())),
                Arguments.of(
                        "userknn_top5_shrink10/scores",
                        new UserKnn(5, 10),
                        new Ties(Set.of(1, 9, 10, 13, 14, 16, 18, 26, 27, 28, 29), Set.of())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void train_publishedMatrix_givesThePublishedScores(String tensor, Baseline baseline, Ties ties) throws IOException {
        FloatBuffer expected = tensor(tensor);
        double tolerance = tolerance(tensor);
        int compared = 0;
        try (Recommender recommender = baseline.train(matrix())) {
            for (int user = 0; user < USERS; user++) {
                if (user == NOBODY || ties.users.contains(user)) {
                    continue;
                }
                RecommendationRequest request = RecommendationRequest.forUser(String.valueOf(user))
                        .includeSeen()
                        .k(ITEMS)
                        .build();
                for (Recommendation recommendation : recommender.getRecommendations(request)) {
                    int item = Integer.parseInt(recommendation.itemId());
                    if (!ties.items.contains(item)) {
                        assertThat((double) recommendation.score())
                                .as("user %s, item %s", user, item)
                                .isCloseTo(expected.get(user * ITEMS + item), within(tolerance));
                        compared++;
                    }
                }
            }
        }
        assertThat(compared).isEqualTo((USERS - 1 - ties.users.size()) * (ITEMS - ties.items.size()));
    }

    @ParameterizedTest(name = "alpha {0}, l1Ratio {1}, non-negative {2}")
    @CsvSource({"0.2, 0.02, true", "0.02, 0.1, true", "0.02, 0.1, false"})
    void columns_publishedMatrix_giveTheConvergedWeights(double alpha, double l1Ratio, boolean nonNegative)
            throws IOException {
        FloatBuffer expected = tensor("slim_alpha%s_l1ratio%s_%s_hide/W_converged_float64"
                .formatted(alpha, l1Ratio, nonNegative ? "positive" : "signed"));
        InteractionMatrix matrix = InteractionMatrix.of(matrix().interactions(), ITEMS);
        Column[] columns = new Slim(alpha, l1Ratio, nonNegative, 1e-6).columns(matrix);
        for (int item = 0; item < ITEMS; item++) {
            float[] weights = new float[ITEMS];
            for (int i = 0; i < columns[item].rows().length; i++) {
                weights[columns[item].rows()[i]] = columns[item].weights()[i];
            }
            for (int other = 0; other < ITEMS; other++) {
                assertThat((double) weights[other])
                        .as("weight of item %s for item %s", other, item)
                        .isCloseTo(expected.get(other * ITEMS + item), within(SLIM_TOLERANCE));
            }
        }
    }

    @ParameterizedTest(name = "after iteration {0}")
    @ValueSource(ints = {1, 5})
    void iterate_publishedStart_givesThePublishedFactors(int iterations) throws IOException {
        Ials ials = new Ials(4, 0.1, 9, iterations, 0);
        InteractionMatrix matrix = InteractionMatrix.of(matrix().interactions(), ITEMS);
        Factors factors = new Factors(new float[0], floats(tensor("als/item_factors_start")));
        for (int iteration = 0; iteration < iterations; iteration++) {
            factors = ials.iterate(matrix, factors.items());
        }
        String name = "als/exact/iteration" + iterations;
        assertThat(factors.users()).containsExactly(floats(tensor(name + "/user_factors")), offset((float)
                tolerance(name + "/user_factors")));
        assertThat(factors.items()).containsExactly(floats(tensor(name + "/item_factors")), offset((float)
                tolerance(name + "/item_factors")));
    }

    private static Path folder() {
        return RealData.path("fixtures", "networks", "classical");
    }

    private static JsonNode description(String tensor) throws IOException {
        return new ObjectMapper()
                .readTree(folder().resolve("manifest.json").toFile())
                .get("tensors")
                .get(tensor);
    }

    private static FloatBuffer tensor(String name) throws IOException {
        return NpyFile.read(folder().resolve(description(name).get("file").asText()))
                .floats();
    }

    /** What the fixture suggests for a computation in single precision. */
    private static double tolerance(String tensor) throws IOException {
        return description(tensor).path("suggested_atol").asDouble(1e-5);
    }

    private static float[] floats(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.duplicate().get(values);
        return values;
    }

    private static Dataset matrix() {
        FloatBuffer matrix = NpyFile.read(folder().resolve("X.npy")).floats();
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
                .withMessage("baseline must be one of [random, popularity, recent-popularity, markov,"
                        + " decayed-markov, item-knn, user-knn, ease, slim, ials, bpr], got \"knn\"");
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
