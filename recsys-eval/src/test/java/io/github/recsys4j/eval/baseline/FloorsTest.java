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
 * to the lower id: every baseline gives the number that an independent program measured.
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

    @ParameterizedTest(name = "{0}: Recall@1 {1}, Recall@10 {2}, NDCG@10 {3}")
    @MethodSource("floors")
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
