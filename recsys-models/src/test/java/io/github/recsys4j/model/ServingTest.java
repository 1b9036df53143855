package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.runtime.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Serving without training: the weights are random. */
class ServingTest {
    private static final int ITEMS = 50;
    private static final Dataset DATASET = RandomModels.dataset(40, ITEMS, 30, 8);

    private static MultimodalRecommender recommender;

    @BeforeAll
    static void open() {
        recommender = open(Architecture.gSasRec());
    }

    @AfterAll
    static void close() {
        recommender.close();
    }

    private static MultimodalRecommender open(Architecture architecture) {
        return MultimodalRecommender.of(
                RandomModels.artifact(RandomModels.small(architecture), DATASET, 9), Device.cpu());
    }

    private static List<String> historyOf(int user) {
        return DATASET.items().idsOf(DATASET.interactions().items(user));
    }

    private static RecommendationRequest request(int user) {
        return RecommendationRequest.forUser("u" + user).k(5).build();
    }

    @Test
    void recommend_byUser_equalsByHistory() {
        for (int user = 1; user < 10; user++) {
            assertThat(recommender.getRecommendations("u" + user, 20))
                    .isEqualTo(recommender.getRecommendations(historyOf(user), 20));
        }
    }

    @Test
    void recommend_historyLongerThanTheModelReads_usesTheMostRecent() {
        List<String> recent = IntStream.range(0, 12).mapToObj(i -> "i" + 3 * i).toList();
        List<String> longer = new ArrayList<>(List.of("i1", "i4", "i5"));
        longer.addAll(recent);
        RecommendationRequest wanted =
                RecommendationRequest.forHistory(recent).seen(longer).k(ITEMS).build();
        assertThat(recommender.getRecommendations(longer, ITEMS)).isEqualTo(recommender.getRecommendations(wanted));
    }

    @Test
    void recommend_orderMatters() {
        List<String> forth = List.of("i1", "i2", "i3");
        List<String> back = List.of("i3", "i2", "i1");
        assertThat(recommender.getRecommendations(forth, 5)).isNotEqualTo(recommender.getRecommendations(back, 5));
    }

    @Test
    void recommend_userWithoutItems_getsPopularOnes() {
        RecommendationResult result =
                recommender.recommend(RecommendationRequest.forUser("u0").k(3).build());
        int[] counts = DATASET.interactions().itemCounts(ITEMS);
        assertThat(result.source()).isEqualTo(Source.POPULARITY);
        assertThat(result.recommendations())
                .extracting(Recommendation::score)
                .containsExactlyElementsOf(IntStream.of(counts)
                        .boxed()
                        .sorted((a, b) -> b - a)
                        .limit(3)
                        .map(Integer::floatValue)
                        .toList());
    }

    static Stream<Architecture> presets() {
        return RandomModels.presets().stream();
    }

    @ParameterizedTest
    @MethodSource("presets")
    void recommend_batchOfDifferentLengths_equalsOneByOne(Architecture architecture) {
        List<RecommendationRequest> requests =
                IntStream.range(0, 40).mapToObj(ServingTest::request).toList();
        try (MultimodalRecommender preset = open(architecture)) {
            List<RecommendationResult> batch = preset.recommend(requests);
            for (int user = 0; user < 40; user++) {
                RecommendationResult single = preset.recommend(requests.get(user));
                assertThat(batch.get(user).source()).isEqualTo(single.source());
                for (int place = 0; place < single.recommendations().size(); place++) {
                    float expected = single.recommendations().get(place).score();
                    assertThat(batch.get(user).recommendations().get(place).score())
                            .isCloseTo(expected, within(1e-5f * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    @Test
    void batchScorer_manyUsers_givesARowEach() {
        BatchScorer scorer = recommender.batchScorer().orElseThrow();
        List<RecommendationRequest> requests = List.of(request(1), request(0), request(2));
        float[] users = scorer.userVectors(requests);
        assertThat(users).hasSize(3 * scorer.dim());
        for (int d = 0; d < scorer.dim(); d++) {
            assertThat(users[scorer.dim() + d]).isZero();
        }
        assertThat(scorer.itemVectors()).hasSize(ITEMS * scorer.dim());
        assertThat(scorer.items()).isEqualTo(DATASET.items());
    }

    @Test
    void batchScorer_noUsers_isEmpty() {
        assertThat(recommender.batchScorer().orElseThrow().userVectors(List.of()))
                .isEmpty();
    }

    @Test
    void close_whileThreadsAsk_letsEveryRequestFinishOrSayClosed() throws Exception {
        MultimodalRecommender closing = open(Architecture.sasRec());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            answers.add(threads.submit(() -> askUntilClosed(closing)));
        }
        Thread.sleep(50);
        closing.close();
        closing.close();
        for (Future<Integer> answer : answers) {
            assertThat(answer.get()).isPositive();
        }
        threads.shutdown();
    }

    private static int askUntilClosed(MultimodalRecommender closing) {
        for (int asked = 1; ; asked++) {
            try {
                assertThat(closing.getRecommendations("u5", 3)).hasSize(3);
            } catch (IllegalStateException closed) {
                assertThat(closed).hasMessage("recommender sasrec is closed: load it again");
                return asked;
            }
        }
    }
}
