package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatiosTest {

    @ParameterizedTest(name = "of {0}, {1} and {2} hold back {3} and {4}")
    @CsvSource({
        "3, 0.1, 0.1, 1, 1",
        "10, 0.1, 0.2, 1, 2",
        "100, 0.29, 0.57, 29, 57",
        "5, 0.1, 0.85, 1, 3",
        "3, 0.6, 0.3, 1, 1",
        "2, 0, 0.9, 0, 1",
        "20, 0.25, 0, 5, 0",
    })
    void heldBack_anyShares_roundsDownButLeavesOneEach(
            int count, double validation, double test, int expectedValidation, int expectedTest) {
        Ratios ratios = new Ratios(validation, test);

        assertThat(ratios.validationOf(count)).isEqualTo(expectedValidation);
        assertThat(ratios.testOf(count)).isEqualTo(expectedTest);
    }

    @Test
    void heldBack_manyCountsAndShares_alwaysLeaveOneToTrain() {
        for (int count = 3; count < 60; count++) {
            for (double validation = 0.05; validation < 0.95; validation += 0.05) {
                for (double test = 0.04; test + validation < 1; test += 0.05) {
                    Ratios ratios = new Ratios(validation, test);
                    assertThat(ratios.testOf(count)).isPositive();
                    assertThat(ratios.validationOf(count)).isPositive();
                    assertThat(ratios.testOf(count) + ratios.validationOf(count))
                            .isLessThan(count);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-0.1, 0.1", "1.0, 0.0", "NaN, 0.1"})
    void new_validationOutOfRange_throwsWithTheRange(double validation, double test) {
        assertThatThrownBy(() -> new Ratios(validation, test))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation must be a share from 0 to below 1, got " + validation);
    }

    @Test
    void new_nothingLeftToTrainOrMeasure_throwsWithBothShares() {
        assertThatThrownBy(() -> Ratios.STANDARD.withTest(0.9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("validation + test must be above 0 and below 1, got 0.1 + 0.9: leave something to learn"
                        + " from and something to measure with");
        assertThatThrownBy(() -> new Ratios(0, 0)).hasMessageContaining("got 0.0 + 0.0");
    }
}
