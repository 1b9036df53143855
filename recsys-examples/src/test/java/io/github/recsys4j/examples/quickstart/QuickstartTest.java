package io.github.recsys4j.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter told = new StringWriter();

    @Test
    void run_smallShop_keepsThePromise() {
        Quickstart quickstart =
                new Quickstart(new PrintWriter(told, true), new Quickstart.Settings(folder, 2000, 30, 42));

        assertThat(quickstart.run()).as(told.toString()).isTrue();
        assertThat(told.toString())
                .contains(
                        "popularity",
                        "markov",
                        "item-knn",
                        "ease",
                        "image: 290 of 290 kept",
                        "the right answer",
                        "the right answer, and new",
                        "new products that somebody needs reach most of their people",
                        "The model beats every baseline");
        assertThat(folder.resolve("model/user_tower.onnx")).isNotEmptyFile();
        assertThat(folder.resolve("interactions.csv")).isNotEmptyFile();
        assertThat(folder.resolve("pictures.png")).isNotEmptyFile();
    }

    @Test
    void run_noTimeToLearn_saysThatThePromiseIsBroken() {
        Quickstart quickstart =
                new Quickstart(new PrintWriter(told, true), new Quickstart.Settings(folder, 100, 1, 42));

        assertThat(quickstart.run()).isFalse();
        assertThat(told.toString())
                .contains("THE MODEL DOES NOT BEAT EVERY BASELINE")
                .contains("is missing")
                .contains("AND NEW PRODUCTS DO NOT REACH THEIR PEOPLE");
    }

    @Test
    void settings_tooFewShoppers_areRefused() {
        assertThatThrownBy(() -> new Quickstart.Settings(folder, 3, 1, 42))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shoppers must be at least 100, got 3: fewer teach nothing");
    }
}
