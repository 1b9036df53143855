package io.github.recsys4j.eval.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {
    private static final SearchSpace PUBLISHED = publishedSpace();

    /** The space that a multimodal system searched with Optuna, value by value. */
    private static SearchSpace publishedSpace() {
        return SearchSpace.of(
                        Parameter.choice("vision", "clip", "resnet", "convnext", "none"),
                        Parameter.choice("language", "sentence-bert", "mpnet", "bert", "none"),
                        Parameter.logNumber("learning-rate", 1e-5, 1e-2),
                        Parameter.choice("batch-size", 16, 32, 64, 128),
                        Parameter.logNumber("weight-decay", 1e-6, 1e-2),
                        Parameter.integer("patience", 2, 10),
                        Parameter.number("clip", 0.5, 5),
                        Parameter.choice("dim", 64, 128, 256, 512),
                        Parameter.choice("fusion", "concatenate", "attention", "gated"),
                        Parameter.choice("heads", 2, 4, 8).when("fusion", "attention"),
                        Parameter.number("attention-dropout", 0, 0.3).when("fusion", "attention"),
                        Parameter.number("dropout", 0.1, 0.5),
                        Parameter.choice("hidden", "256,128", "512,256", "128,64", "256,128,64", "512,256,128"),
                        Parameter.choice("projection", "none", 128, 256, 512),
                        Parameter.choice("activation", "relu", "gelu", "tanh", "leaky_relu"),
                        Parameter.choice("batch-norm", true, false),
                        Parameter.choice("contrastive", true, false).when("vision", "clip"),
                        Parameter.logNumber("temperature", 0.01, 0.5).when("contrastive", true),
                        Parameter.number("contrastive-weight", 0.01, 1).when("contrastive", true),
                        Parameter.number("bce-weight", 0.5, 1),
                        Parameter.choice("optimizer", "adam", "adamw", "sgd"),
                        Parameter.number("beta1", 0.8, 0.99).when("optimizer", "adam", "adamw"),
                        Parameter.number("beta2", 0.9, 0.999).when("optimizer", "adam", "adamw"),
                        Parameter.logNumber("epsilon", 1e-9, 1e-7).when("optimizer", "adam", "adamw"),
                        Parameter.choice("schedule", "none", "plateau", "cosine", "step"),
                        Parameter.number("factor", 0.1, 0.9).when("schedule", "plateau", "step"))
                .forbidding(Map.of("vision", "none", "language", "none"));
    }

    private static List<Settings> draws(SearchSpace space, int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Strategy.drawRandom(space, new SplittableRandom(i)))
                .toList();
    }

    @Test
    void draw_publishedSpace_givesPointsOfIt() {
        List<Settings> drawn = draws(PUBLISHED, 2000);

        drawn.forEach(PUBLISHED::check);
        assertThat(drawn).allSatisfy(settings -> {
            assertThat(settings.has("beta1"))
                    .isEqualTo(!settings.text("optimizer").equals("sgd"));
            assertThat(settings.has("temperature"))
                    .isEqualTo(settings.has("contrastive")
                            && settings.text("contrastive").equals("true"));
        });
        assertThat(drawn).filteredOn(settings -> settings.has("temperature")).isNotEmpty();
        assertThat(drawn)
                .noneMatch(settings -> settings.text("vision").equals("none")
                        && settings.text("language").equals("none"));
        assertThat(drawn).anyMatch(settings -> settings.text("vision").equals("none"));
    }

    @Test
    void draw_logNumber_spreadsEvenlyOverMagnitudes() {
        long below = draws(PUBLISHED, 3000).stream()
                .filter(settings -> settings.number("learning-rate") < 1e-4)
                .count();

        assertThat(below / 3000.0).isBetween(0.30, 0.37);
    }

    @Test
    void draw_integers_takesEachValueWithItsShare() {
        SearchSpace space = SearchSpace.of(Parameter.integer("n", 1, 4), Parameter.logInteger("m", 1, 8));
        List<Settings> drawn = draws(space, 4000);

        for (int value = 1; value <= 4; value++) {
            int wanted = value;
            assertThat(drawn.stream().filter(settings -> settings.integer("n") == wanted))
                    .hasSizeBetween(900, 1100);
        }
        assertThat(drawn.stream().mapToInt(settings -> settings.integer("m")).distinct())
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void of_badParameters_throwsNamingThem() {
        refused(() -> Parameter.number("lr", 1, 1), "parameter \"lr\": range must have finite bounds");
        refused(() -> Parameter.logNumber("lr", 0, 1), "must begin above 0, got 0.0: use a linear one");
        refused(() -> Parameter.number("lr", 0, Double.NaN), "got 0.0 and NaN");
        refused(() -> Parameter.choice("dim"), "parameter \"dim\": choices must not be empty");
        refused(() -> Parameter.choice("dim", 8, "8"), "choices must differ, got [8, 8]");
        refused(() -> Parameter.integer(" ", 1, 2), "name of a parameter must not be blank");
        refused(() -> Parameter.integer("n", 1, 2).when("loss"), "when \"loss\" must name at least one value");
        refused(() -> SearchSpace.of(), "at least one parameter, got none");
    }

    @Test
    void of_badCombinations_throwsNamingThem() {
        Parameter loss = Parameter.choice("loss", "bce", "gbce");
        Parameter calibration = Parameter.number("calibration", 0, 1);

        refused(() -> SearchSpace.of(loss, loss), "parameter \"loss\" stands twice");
        refused(
                () -> SearchSpace.of(loss, calibration.when("los", "gbce")),
                "parameter \"calibration\" depends on \"los\", which does not stand before it, did you mean \"loss\"?");
        refused(
                () -> SearchSpace.of(calibration.when("loss", "gbce"), loss),
                "depends on \"loss\", which does not stand before it");
        refused(
                () -> SearchSpace.of(loss, calibration.when("loss", "bpr")),
                "depends on values [bpr] of \"loss\", which must be values of a choice, but it is one of [bce, gbce]");
        refused(() -> SearchSpace.of(calibration, loss.when("calibration", 0.5)), "but it is number 0.0..1.0");
        refused(() -> SearchSpace.of(loss).forbidding(Map.of()), "must name at least one choice");
        refused(
                () -> SearchSpace.of(loss).forbidding(Map.of("lss", "bce")),
                "depends on \"lss\", which does not stand before it, did you mean \"loss\"?");
    }

    @Test
    void draw_everythingForbidden_throws() {
        SearchSpace nothing = SearchSpace.of(Parameter.choice("loss", "bce")).forbidding(Map.of("loss", "bce"));

        refused(() -> draws(nothing, 1), "search space forbids too much");
    }

    @Test
    void check_settingsOutsideTheSpace_throwsNamingThem() {
        SearchSpace space = SearchSpace.of(
                        Parameter.choice("loss", "bce", "gbce"),
                        Parameter.number("calibration", 0, 1).when("loss", "gbce"),
                        Parameter.integer("dim", 8, 64))
                .forbidding(Map.of("loss", "bce"));

        space.check(Settings.of(Map.of("loss", "gbce", "calibration", 0.5, "dim", 8)));
        refused(
                () -> space.check(Settings.of(Map.of("los", "bce"))),
                "setting \"los\" is not known, did you mean \"loss\"?; known are [loss, calibration, dim]");
        refused(() -> space.check(Settings.of(Map.of("loss", "gbce"))), "setting \"calibration\" must be there");
        refused(
                () -> space.check(Settings.of(Map.of("loss", "bce", "calibration", 0.5))),
                "setting \"calibration\" must not be there");
        refused(
                () -> space.check(Settings.of(Map.of("loss", "gbce", "calibration", 0.5, "dim", 65))),
                "setting \"dim\" must be integer 8..64, got 65");
        refused(
                () -> space.check(Settings.of(Map.of("loss", "gbce", "calibration", 0.5, "dim", 8.5))),
                "setting \"dim\" must be integer 8..64, got 8.5");
        refused(() -> space.check(Settings.of(Map.of("loss", "bce", "dim", 8))), "hold a forbidden combination");
    }

    @Test
    void settings_wrongQuestions_throwNamingTheSetting() {
        Settings settings = Settings.of(Map.of("hidden", "256,128", "rate", 0.5, "flag", true));

        assertThat(settings.text("flag")).isEqualTo("true");
        assertThat(settings.number("rate")).isEqualTo(0.5);
        refused(() -> settings.number("hidden"), "setting \"hidden\" must be a number, got \"256,128\"");
        refused(() -> settings.integer("rate"), "setting \"rate\" must be a whole number, got \"0.5\"");
        refused(() -> settings.text("rat"), "setting \"rat\" is not there, did you mean \"rate\"?");
        refused(() -> Settings.of(Map.of("a", Double.NaN)), "setting \"a\" must be a finite number");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
