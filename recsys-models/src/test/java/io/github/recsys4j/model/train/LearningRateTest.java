package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.model.train.LearningRate.Warmup;
import io.github.recsys4j.testing.RealData;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    private static final double BASE = 0.01;
    private static final int STEPS = 20;

    private static LearningRate rate(Schedule schedule, Warmup warmup, int total) {
        return new LearningRate(BASE, schedule, warmup, 1, total);
    }

    private static JsonNode published() throws IOException {
        return new ObjectMapper()
                .readTree(RealData.path("fixtures", "networks", "optimizers", "schedules.json")
                        .toFile());
    }

    private static void assertFollows(LearningRate rate, String name) throws IOException {
        JsonNode expected = published().get("learning_rates").get(name);
        for (int step = 0; step <= STEPS; step++) {
            assertThat(rate.at(step))
                    .as("step %s", step)
                    .isCloseTo(expected.get(step).asDouble(), within(1e-15));
        }
    }

    @Test
    void at_cosine_followsPyTorch() throws IOException {
        assertFollows(rate(Schedule.cosine(0), Warmup.NONE, 20), "CosineAnnealingLR(T_max 20)");
    }

    @Test
    void at_step_followsPyTorch() throws IOException {
        assertFollows(rate(Schedule.step(5, 0.5), Warmup.NONE, 20), "StepLR(step_size 5, gamma 0.5)");
    }

    @Test
    void at_warmup_followsPyTorch() throws IOException {
        assertFollows(rate(Schedule.constant(), new Warmup(5, 0.1), 20), "LinearLR(start_factor 0.1, total_iters 5)");
        assertFollows(
                rate(Schedule.constant(), new Warmup(5, 0), 20),
                "LambdaLR(linear warm-up 5 steps from 0, then constant)");
    }

    @Test
    void at_warmupThenCosine_followsPyTorch() throws IOException {
        assertFollows(
                rate(Schedule.cosine(1e-4), new Warmup(5, 0.2), 20),
                "SequentialLR(LinearLR(start_factor 0.2, total_iters 5), CosineAnnealingLR(T_max 15, eta_min 1e-4),"
                        + " milestone 5)");
        assertFollows(
                rate(Schedule.cosine(0), new Warmup(5, 0), 20),
                "LambdaLR(linear warm-up 5 steps from 0, then half cosine to 0 at step 20)");
    }

    @Test
    void onMetric_plateau_followsPyTorch() throws IOException {
        assertPlateau(
                Schedule.reduceOnPlateau(0.5, 2),
                "metrics_ndcg",
                "ReduceLROnPlateau(max, factor 0.5, patience 2) on metrics_ndcg");
        assertPlateau(
                Schedule.reduceOnPlateau(0.5, 2),
                "metrics_loss",
                "ReduceLROnPlateau(min, factor 0.5, patience 2) on metrics_loss");
        assertPlateau(
                Schedule.reduceOnPlateau(0.1, 0).withCooldown(2).withMinimum(1e-4),
                "metrics_loss",
                "ReduceLROnPlateau(min, factor 0.1, patience 0, cooldown 2, min_lr 1e-4) on metrics_loss");
    }

    private static void assertPlateau(Schedule schedule, String metrics, String name) throws IOException {
        JsonNode expected = published().get("learning_rates").get(name);
        JsonNode values = published().get(metrics);
        double sign = metrics.endsWith("loss") ? -1 : 1;
        LearningRate rate = rate(schedule, Warmup.NONE, STEPS);
        for (int step = 0; step < STEPS; step++) {
            rate.onMetric(sign * values.get(step).asDouble());
            assertThat(rate.at(step))
                    .as("%s, step %s", name, step)
                    .isEqualTo(expected.get(step + 1).asDouble());
        }
    }

    @Test
    void restore_plateauInMidRun_goesOnAsUnbroken() {
        LearningRate unbroken = rate(Schedule.reduceOnPlateau(0.5, 1), Warmup.NONE, STEPS);
        unbroken.onMetric(0.2);
        unbroken.onMetric(0.1);
        LearningRate resumed = rate(Schedule.reduceOnPlateau(0.5, 1), Warmup.NONE, STEPS);
        resumed.restore(unbroken.state());
        unbroken.onMetric(0.1);
        resumed.onMetric(0.1);
        assertThat(resumed.at(3)).isEqualTo(unbroken.at(3)).isEqualTo(BASE / 2);
    }

    @Test
    void schedule_badSettings_throwWithNameAndRange() {
        assertThatThrownBy(() -> Schedule.step(0, 0.5)).hasMessage("step everyEpochs must be at least 1, got 0");
        assertThatThrownBy(() -> Schedule.step(1, 1)).hasMessage("step factor must be in (0, 1), got 1.0");
        assertThatThrownBy(() -> Schedule.reduceOnPlateau(0.5, -1))
                .hasMessage("plateau patience must be at least 0, got -1");
        assertThatThrownBy(() -> Schedule.cosine(Double.NaN))
                .hasMessage("cosine minimum must be a finite number of at least 0, got NaN");
    }
}
