package io.github.recsys4j.eval.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.split.GsasrecFolder;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.testing.RealData;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The published split of gSASRec, 512 validation users, full ranking over 3,416 items, seen items filtered, ties
 * to the lower id: popularity, Markov, item k-NN and EASE give the numbers that an independent program measured, the
 * others their own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FloorsTest {
    private static final double TOLERANCE = 0.0005;

    private Split split;

    @BeforeAll
    void read() {
        split = GsasrecFolder.read(RealData.path("ml-1m-gsasrec"));
    }

    static Stream<Arguments> floors() {
        return Stream.of(
                Arguments.of(new Popularity(), 0.0059, 0.0332, 0.0179),
                Arguments.of(new Markov(), 0.0742, 0.2227, 0.1373),
                Arguments.of(ItemKnn.allNeighbours(), 0.0137, 0.0664, 0.0348),
                Arguments.of(new ItemKnn(250, 1.2), 0.0137, 0.0625, 0.0341),
                Arguments.of(new Ease(500), 0.0156, 0.1035, 0.0500));
    }

    /** Ours only: what {@code benchmarks/results/baselines-ml-1m.json} holds, so that nobody moves it unawares. */
    static Stream<Arguments> measured() {
        return Stream.of(
                Arguments.of(new RecentPopularity(RecentPopularity.DEFAULT_WINDOW, 1), 0.0059, 0.0352, 0.0180),
                Arguments.of(new DecayedMarkov(0.5, 3), 0.0742, 0.2500, 0.1465),
                Arguments.of(new UserKnn(100, 0), 0.0078, 0.0898, 0.0392),
                Arguments.of(new Slim(0.02, 0.1, true, 0.01), 0.0137, 0.1035, 0.0479),
                Arguments.of(new Ials(128, 10, 1, 15, 42), 0.0078, 0.0977, 0.0418),
                Arguments.of(BprMf.defaults(), 0.0176, 0.0840, 0.0427));
    }

    @ParameterizedTest(name = "{0}: Recall@1 {1}, Recall@10 {2}, NDCG@10 {3}")
    @MethodSource({"floors", "measured"})
    void evaluate_officialValidation_reachesTheMeasuredFloor(
            Baseline baseline, double recall1, double recall10, double ndcg10) {
        try (Recommender recommender = baseline.train(split.train())) {
            EvaluationReport report = Evaluator.builder().build().evaluate(recommender, split.validation());
            assertThat(report.protocol().counts().cases()).isEqualTo(512);
            assertThat(report.metric("Recall@1")).isCloseTo(recall1, within(TOLERANCE));
            assertThat(report.metric("Recall@10")).isCloseTo(recall10, within(TOLERANCE));
            assertThat(report.metric("NDCG@10")).isCloseTo(ndcg10, within(TOLERANCE));
        }
    }
}
