package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import org.junit.jupiter.api.Test;

class ColdItemSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return new ColdItemSplit(new Ratios(0.1, 0.2), 5);
    }

    @Override
    protected int minimum() {
        return 0;
    }

    @Test
    void split_anyData_heldBackItemsNeverTrain() {
        Split split = splitter().split(Events.random(50, 25).dataset());

        assertThat(split.report().part("test").overlap().items()).isZero();
        assertThat(split.report().part("test").counts().items()).isEqualTo(8);
        assertThat(split.report().part("validation").counts().items()).isEqualTo(4);
    }

    @Test
    void split_userOfColdItemsOnly_isDroppedAndCounted() {
        Split split = new ColdItemSplit(new Ratios(0, 0.5), 1)
                .split(Events.of("u a 1, v b 2").dataset());

        assertThat(split.test().size()).isZero();
        assertThat(split.report().remainder().dropped()).containsEntry("cold item of a user without training rows", 1L);
        assertThat(split.report().toString()).contains("dropped, cold item of a user without training rows: 1 rows");
    }

    @Test
    void split_tooFewItems_throwsWithTheCount() {
        assertThatThrownBy(() -> splitter().split(Events.of("u a 1, v a 2").dataset()))
                .isInstanceOf(DatasetException.class)
                .hasMessage(
                        "cold-item(validation=0.1, test=0.2, seed=5) needs at least 3 items with interactions, found"
                                + " 1: give more data.");
    }
}
