package io.github.recsys4j.eval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParzenEstimatorTest {
    private static final Domain RANGE = new Domain.Range(0, 1, false, false);
    private static final int STEPS = 20_000;

    private static double mass(ParzenEstimator density, double from, double to) {
        return IntStream.range(0, STEPS)
                        .mapToDouble(i -> Math.exp(density.logDensity(from + (i + 0.5) / STEPS * (to - from))))
                        .sum()
                * (to - from)
                / STEPS;
    }

    @Test
    void logDensity_ofARange_integratesToOne() {
        assertThat(mass(ParzenEstimator.of(RANGE, List.of()), 0, 1)).isCloseTo(1, within(1e-6));
        assertThat(mass(ParzenEstimator.of(RANGE, List.of(0.0, 0.02, 0.5, 1.0, 1.0)), 0, 1))
                .isCloseTo(1, within(1e-6));
    }

    @Test
    void draw_fromARange_followsTheDensity() {
        ParzenEstimator density = ParzenEstimator.of(RANGE, List.of(0.1, 0.15, 0.2, 0.9));
        SplittableRandom random = new SplittableRandom(1);
        double[] shares = new double[4];
        for (int i = 0; i < STEPS; i++) {
            shares[(int) (4 * density.draw(random))] += 1.0 / STEPS;
        }

        for (int quarter = 0; quarter < 4; quarter++) {
            assertThat(shares[quarter]).isCloseTo(mass(density, quarter / 4.0, (quarter + 1) / 4.0), within(0.01));
        }
        assertThat(shares[0]).isGreaterThan(1.5 * shares[2]);
    }

    @Test
    void shares_ofChoices_countEachOnceBeforehand() {
        Domain choices = new Domain.Choices(List.of("a", "b", "c", "d"));
        ParzenEstimator density = ParzenEstimator.of(choices, List.of("b", "b", "c"));

        assertThat(Math.exp(density.logDensity(0.3))).isCloseTo(3 / 7.0, within(1e-12));
        assertThat(Math.exp(density.logDensity(0.9))).isCloseTo(1 / 7.0, within(1e-12));
        SplittableRandom random = new SplittableRandom(2);
        long b = IntStream.range(0, STEPS)
                .filter(i -> choices.at(density.draw(random)).equals("b"))
                .count();
        assertThat(b / (double) STEPS).isCloseTo(3 / 7.0, within(0.02));
    }
}
