package io.github.recsys4j.eval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.Baselines;
import io.github.recsys4j.eval.baseline.BprMf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BaselineSpacesTest {
    static List<String> names() {
        return BaselineSpaces.names();
    }

    @Test
    void names_everyBaselineWithSettingsButRandom_hasASpace() {
        List<String> withSettings = Baselines.all().stream()
                .filter(baseline -> ((Object) baseline).getClass().getRecordComponents().length > 0)
                .map(Baseline::name)
                .filter(name -> !name.equals("random"))
                .toList();

        assertThat(BaselineSpaces.names()).containsExactlyElementsOf(withSettings);
    }

    @ParameterizedTest
    @MethodSource("names")
    void baseline_anyPointOfItsSpace_isThatBaseline(String name) {
        for (int seed = 0; seed < 50; seed++) {
            Settings settings = BaselineSpaces.of(name).sample(seed);
            BaselineSpaces.of(name).check(settings);

            assertThat(BaselineSpaces.baseline(name, new Trial(0, 0, settings, 0, 7))
                            .name())
                    .isEqualTo(name);
        }
    }

    @Test
    void baseline_settingsAndSeed_reachTheRecord() {
        Settings settings =
                Settings.of(Map.of("factors", "32", "learning-rate", 0.01, "regularization", 0.001, "epochs", 7));

        assertThat(BaselineSpaces.baseline("bpr", new Trial(0, 0, settings, 0, 5)))
                .isEqualTo(new BprMf(32, 0.01, 0.001, 7, BprMf.defaults().foldInEpochs(), 5));
    }

    @Test
    void of_nameWithoutSpace_throwsWithTheNearest() {
        assertThatThrownBy(() -> BaselineSpaces.of("eas"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseline to tune must be one of [recent-popularity, decayed-markov")
                .hasMessageContaining("got \"eas\", did you mean \"ease\"?");
    }

    @Test
    void sample_seeds_decideThePointAndItIsInTheSpace() {
        SearchSpace space = Hills.SPACE;

        assertThat(space.sample(3)).isEqualTo(space.sample(3)).isNotEqualTo(space.sample(4));
        for (int seed = 0; seed < 100; seed++) {
            space.check(space.sample(seed));
        }
    }

    @Test
    void sample_numbers_haveSixDigitsAtMost() {
        SearchSpace space = SearchSpace.of(Parameter.logNumber("rate", 1e-5, 1e-1), Parameter.number("x", -5, 5));
        for (int seed = 0; seed < 100; seed++) {
            for (Object value : space.sample(seed).toMap().values()) {
                assertThat(value.toString().replaceAll("E.*|[-.]", "").replaceAll("^0+", ""))
                        .hasSizeLessThanOrEqualTo(6);
            }
        }
    }
}
