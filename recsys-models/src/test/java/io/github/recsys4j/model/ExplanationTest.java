package io.github.recsys4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.Explanation;
import io.github.recsys4j.Explanation.Influence;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.TrainingOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExplanationTest {
    private static final List<String> HISTORY = List.of("i3", "i9", "i4", "i9", "i7");

    private static MultimodalRecommender untrained(Architecture architecture) {
        ModelArtifact artifact =
                RandomModels.artifact(RandomModels.small(architecture), RandomModels.dataset(5, 30, 8, 1), 2);
        return MultimodalRecommender.of(artifact, Device.cpu());
    }

    private static RecommendationRequest.Builder request(List<String> history) {
        return RecommendationRequest.forHistory(history);
    }

    /** The score as an answer gives it. */
    private static double score(MultimodalRecommender of, List<String> history, String item) {
        return of.getRecommendations(request(history)
                        .includeSeen()
                        .candidates(List.of(item))
                        .k(1)
                        .build())
                .get(0)
                .score();
    }

    private static List<String> without(List<String> history, String left) {
        return history.stream().filter(id -> !id.equals(left)).toList();
    }

    static List<Architecture> architectures() {
        List<Architecture> all = new ArrayList<>(RandomModels.presets());
        all.add(Architecture.multimodalRanker());
        return all;
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void explain_anyModel_effectsAreWhatLeavingOutDoesToTheAnswer(Architecture architecture) {
        try (MultimodalRecommender model = untrained(architecture)) {
            Explanation why = model.explain(request(HISTORY).build(), "i20");
            assertThat(why.score()).isCloseTo(score(model, HISTORY, "i20"), within(1e-5));
            assertThat(why.history()).extracting(Influence::itemId).containsExactlyInAnyOrder("i3", "i9", "i4", "i7");
            for (Influence influence : why.history()) {
                double left = score(model, without(HISTORY, influence.itemId()), "i20");
                assertThat(influence.effect()).isCloseTo(why.score() - left, within(2e-5));
            }
            assertThat(why.history()).isSortedAccordingTo((one, other) -> Double.compare(other.effect(), one.effect()));
            assertThat(why.contents()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void recommend_explained_givesTheReasonsOfExplain(Architecture architecture) {
        try (MultimodalRecommender model = untrained(architecture)) {
            List<RecommendationRequest> requests = List.of(
                    request(HISTORY).k(4).explain().build(),
                    request(HISTORY).k(4).novelty(0.9).explain().build(),
                    request(List.of("nobody")).k(2).explain().build(),
                    request(HISTORY).build());
            List<RecommendationResult> batch = model.recommend(requests);
            for (int i = 0; i < requests.size(); i++) {
                RecommendationResult one = model.recommend(requests.get(i));
                List<String> items = one.recommendations().stream()
                        .map(Recommendation::itemId)
                        .toList();
                assertThat(one.explanations().keySet()).containsExactlyElementsOf(i == 3 ? List.of() : items);
                for (String item : one.explanations().keySet()) {
                    Explanation expected = model.explain(requests.get(i), item);
                    assertThat(one.explanations()).containsEntry(item, expected);
                    assertThat(batch.get(i).explanations())
                            .hasEntrySatisfying(
                                    item, why -> assertThat(why.score()).isCloseTo(expected.score(), within(1e-5)));
                }
            }
            assertThat(batch.get(1).explanations()).hasSize(4);
        }
    }

    @Test
    void explain_longHistory_nothingOlderMovesUp() {
        List<String> longer = IntStream.range(0, 20).mapToObj(i -> "i" + i).toList();
        try (MultimodalRecommender model = untrained(Architecture.sasRec())) {
            Explanation why = model.explain(request(longer).build(), "i25");
            assertThat(why)
                    .isEqualTo(model.explain(request(longer.subList(8, 20)).build(), "i25"));
            assertThat(why.history()).hasSize(12);
        }
    }

    @Test
    void explain_oneItemOrNone_saysWhatTheAnswerRestsOn() {
        try (MultimodalRecommender model = untrained(Architecture.sasRec())) {
            Explanation one = model.explain(request(List.of("i1")).build(), "i2");
            assertThat(one.history()).containsExactly(new Influence("i1", one.score()));
            Explanation none = model.explain(request(List.of("nobody")).build(), "i2");
            assertThat(none.history()).isEmpty();
            Recommendation popular = model.getRecommendations(
                            request(List.of("nobody")).candidates(List.of("i2")).build())
                    .get(0);
            assertThat(none.score()).isEqualTo(popular.score());
        }
    }

    /** Five items of noise, among them one of i0 to i3, which decides the last: i0 is followed by i4, and so on. */
    private static Dataset signals() {
        int users = 300;
        SplittableRandom random = new SplittableRandom(4);
        int[] items = new int[users * 6];
        for (int user = 0; user < users; user++) {
            int signal = random.nextInt(4);
            for (int place = 0; place < 5; place++) {
                items[user * 6 + place] = 8 + random.nextInt(12);
            }
            items[user * 6 + random.nextInt(5)] = signal;
            items[user * 6 + 5] = 4 + signal;
        }
        return Dataset.of(
                Vocabulary.inOrder(
                        IntStream.range(0, users).mapToObj(u -> "u" + u).toList()),
                Vocabulary.inOrder(IntStream.range(0, 20).mapToObj(i -> "i" + i).toList()),
                Interactions.ofSorted(
                        IntStream.rangeClosed(0, users).map(user -> user * 6).toArray(),
                        items,
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void explain_oneItemDecides_isTheOneThatSpeaksForIt() {
        Architecture small = Architecture.sasRecSoftmax().withDim(16).withMaxLength(6);
        TrainingOptions options = TrainingOptions.builder()
                .optimizer(Optimizer.adam().withLearningRate(0.01))
                .batchSize(50)
                .build();
        try (MultimodalRecommender trained = MultimodalRecommender.builder()
                .architecture(small)
                .options(options)
                .device(Device.cpu())
                .epochs(40)
                .train(signals())) {
            for (int signal = 0; signal < 4; signal++) {
                List<String> history = new ArrayList<>(List.of("i9", "i12", "i15", "i18"));
                history.add(signal, "i" + signal);
                String decided = "i" + (4 + signal);
                assertThat(trained.getRecommendations(history, 1).get(0).itemId())
                        .isEqualTo(decided);
                List<Influence> why =
                        trained.explain(request(history).build(), decided).history();
                assertThat(why.get(0).itemId()).isEqualTo("i" + signal);
                assertThat(why.get(0).effect())
                        .isGreaterThan(2 * Math.abs(why.get(1).effect()));
            }
        }
    }

    @Test
    void explain_itemMadeOfContents_saysWhichDecided() {
        try (MultimodalRecommender trained =
                TwoTastes.builder(Fusion.MODALITY_GATE).epochs(1).train(TwoTastes.dataset())) {
            Explanation why = trained.explain(request(List.of("i2", "i8")).build(), "i40");
            assertThat(why.contents()).isEqualTo(trained.contentShares("i40")).containsOnlyKeys("text", "image", "id");
            assertThat(why.contents()).containsEntry("id", 0.0);
        }
    }

    @Test
    void explain_unknownItemOrClosed_saysWhatToDo() {
        MultimodalRecommender model = untrained(Architecture.sasRec());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.explain(request(HISTORY).build(), "nobody"))
                .withMessage("item \"nobody\" is not in the catalogue: check the id");
        model.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> model.explain(request(HISTORY).build(), "i2"))
                .withMessage("recommender " + model.name() + " is closed: load it again");
    }
}
