package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import org.junit.jupiter.api.Test;

class UserRatioSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return new UserRatioSplit();
    }

    @Override
    protected int minimum() {
        return 3;
    }

    @Test
    void split_tenRows_lastAreTestAndTheOneBeforeValidation() {
        Split split = new UserRatioSplit(new Ratios(0.1, 0.2))
                .split(Events.of("u a 1, u b 2, u c 3, u d 4, u e 5, u f 6, u g 7, u h 8, u i 9, u j 10, v a 11")
                        .dataset());

        assertThat(describe(split))
                .contains(
                        "u g",
                        "validation u [a, b, c, d, e, f, g] -> [h]",
                        "test u [a, b, c, d, e, f, g, h] -> [i, j]",
                        "v a")
                .doesNotContain("u h");
        assertThat(split.report().protocol()).isEqualTo("user-ratio(validation=0.1, test=0.2)");
    }

    @Test
    void split_anyUser_noOwnRowIsTrainedOnAfterATarget() {
        assertThat(splitter()
                        .split(Events.random(50, 21).dataset())
                        .report()
                        .part("test")
                        .leakage()
                        .beforeOwnTraining())
                .hasValue(0);
    }
}
