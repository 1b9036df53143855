package io.github.recsys4j.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterSetTest {
    private static final ParameterSpec A = new ParameterSpec("a", List.of(2, 3), Initializer.normal(1));
    private static final ParameterSpec B = new ParameterSpec("b", List.of(2), Initializer.constant(7));

    @Test
    void initialize_sameSeed_givesTheSameAndOtherSeedOthers() {
        ParameterSet first = ParameterSet.initialize(List.of(A, B), 1);
        assertThat(first.values("a"))
                .isEqualTo(ParameterSet.initialize(List.of(A, B), 1).values("a"));
        assertThat(first.values("a"))
                .isNotEqualTo(ParameterSet.initialize(List.of(A, B), 2).values("a"));
        assertThat(first.values("b")).isEqualTo(FloatBuffer.wrap(new float[] {7, 7}));
    }

    @Test
    void initialize_anotherParameterBefore_keepsTheValues() {
        assertThat(ParameterSet.initialize(List.of(B, A), 1).values("a"))
                .isEqualTo(ParameterSet.initialize(List.of(A), 1).values("a"));
    }

    @Test
    void initialize_normalAndUniform_haveTheirSpread() {
        ParameterSpec normal = new ParameterSpec("n", List.of(100_000), Initializer.normal(0.5));
        ParameterSpec uniform = new ParameterSpec("u", List.of(100_000), Initializer.linear(4));
        ParameterSet set = ParameterSet.initialize(List.of(normal, uniform), 3);
        assertThat(deviation(set.values("n"))).isCloseTo(0.5, within(0.01));
        assertThat(deviation(set.values("u"))).isCloseTo(0.5 / Math.sqrt(3), within(0.01));
        assertThat(set.count()).isEqualTo(200_000);
    }

    private static double deviation(FloatBuffer values) {
        double sum = 0;
        for (int i = 0; i < values.limit(); i++) {
            sum += values.get(i) * values.get(i);
        }
        return Math.sqrt(sum / values.limit());
    }

    @Test
    void of_givenArrays_areCopiedAndReadOnly() {
        float[] values = {1, 2};
        ParameterSet set = ParameterSet.of(List.of(B), Map.of("b", values));
        values[0] = 9;
        assertThat(set.values("b").get(0)).isEqualTo(1);
        assertThat(set.values("b").isReadOnly()).isTrue();
        assertThat(set.names()).containsExactly("b");
        assertThat(set.specs()).containsExactly(B);
    }

    @Test
    void of_wrongNamesOrSizes_saysWhichAndWhatIsNeeded() {
        assertThatThrownBy(() -> ParameterSet.of(List.of(A), Map.of("a", new float[5])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter a has 5 values, its shape [2, 3] needs 6");
        assertThatThrownBy(() -> ParameterSet.of(List.of(A), Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter a has no values");
        assertThatThrownBy(() -> ParameterSet.of(List.of(A), Map.of("a", new float[6], "x", new float[1])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter x is not declared, known are [a]");
        assertThatThrownBy(() -> ParameterSet.initialize(List.of(A, A), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("parameter a is declared twice");
        assertThatThrownBy(() -> ParameterSet.initialize(List.of(A), 1).values("b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("b is not declared");
    }

    @Test
    void spec_wrongShapeNameOrScale_isRefused() {
        assertThatThrownBy(() -> new ParameterSpec("a", List.of(2, 0), Initializer.constant(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("parameter a", "[2, 0]");
        assertThatThrownBy(() -> new ParameterSpec(" ", List.of(2), Initializer.constant(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("blank");
        assertThatThrownBy(() -> Initializer.normal(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("given -1");
        assertThatThrownBy(() -> Initializer.constant(Double.NaN)).hasMessageContaining("NaN");
    }
}
