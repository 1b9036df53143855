package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OptimizerTest {

    @Test
    void adam_defaults_arePyTorchs() {
        assertThat(Optimizer.adam()).isEqualTo(new Optimizer.Adam(1e-3, 0.9, 0.999, 1e-8, 0));
        assertThat(Optimizer.adamW()).isEqualTo(new Optimizer.AdamW(1e-3, 0.9, 0.999, 1e-8, 0.01));
    }

    @Test
    void adam_learningRateZero_throwsWithTheValue() {
        assertThatThrownBy(() -> Optimizer.adam().withLearningRate(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("learningRate must be a finite number greater than 0, got 0.0");
    }

    @Test
    void adam_betaOne_throwsWithTheRange() {
        assertThatThrownBy(() -> Optimizer.adam().withBeta2(1)).hasMessage("beta2 must be in [0, 1), got 1.0");
    }

    @Test
    void adamW_negativeDecay_throwsWithTheValue() {
        assertThatThrownBy(() -> Optimizer.adamW().withWeightDecay(-1))
                .hasMessage("weightDecay must be a finite number of at least 0, got -1.0");
    }

    @Test
    void sgd_nesterovWithoutMomentum_throwsWithBothValues() {
        assertThatThrownBy(() -> Optimizer.sgd(0.1, 0).withNesterov())
                .hasMessage("nesterov needs momentum above 0 and dampening 0, got momentum 0.0 and dampening 0.0");
    }

    @Test
    void sgd_dampeningAboveOne_throwsWithTheRange() {
        assertThatThrownBy(() -> new Optimizer.Sgd(0.1, 0.9, 1.5, false, 0))
                .hasMessage("dampening must be in [0, 1], got 1.5");
    }
}
