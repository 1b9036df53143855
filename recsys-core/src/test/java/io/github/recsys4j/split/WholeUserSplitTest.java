package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import org.junit.jupiter.api.Test;

class WholeUserSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return new WholeUserSplit(new Ratios(0.2, 0.2), 5);
    }

    @Override
    protected int minimum() {
        return 2;
    }

    @Override
    protected boolean worksWithOneUser() {
        return false;
    }

    @Override
    protected boolean worksWithSingleInteractions() {
        return false;
    }

    @Test
    void split_anyData_heldBackUsersNeverTrain() {
        Split split = splitter().split(Events.random(50, 24).dataset());

        assertThat(split.report().part("test").overlap().users()).isZero();
        assertThat(split.report().part("validation").overlap().users()).isZero();
        assertThat(split.report().remainder().contextInteractions()).isPositive();
    }

    @Test
    void split_anyData_givesTheEarlierShareAndAsksForTheRest() {
        Dataset dataset = Events.random(50, 24).dataset();
        HeldOut test =
                new WholeUserSplit(new Ratios(0, 0.3), 0.5, 5).split(dataset).test();

        assertThat(test.size()).isGreaterThan(10);
        test.cases().forEach(index -> {
            int count = dataset.interactions().count(test.user(index));
            assertThat(test.history(index)).hasSize(count / 2);
            assertThat(test.targets(index)).hasSize(count - count / 2);
        });
    }

    @Test
    void split_tooFewUsers_throwsWithTheCountAndTheWayOut() {
        assertThatThrownBy(
                        () -> splitter().split(Events.of("u a 1, u b 2, v a 3").dataset()))
                .isInstanceOf(DatasetException.class)
                .hasMessage("whole-user(validation=0.2, test=0.2, history=0.8, seed=5) needs at least 3 users with 2"
                        + " interactions or more, found 1: use LeaveOneOut or UserRatioSplit, which divide each"
                        + " user.");
    }

    @Test
    void new_historyOutOfRange_throwsWithTheRange() {
        assertThatThrownBy(() -> new WholeUserSplit(Ratios.STANDARD, 1, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("history must be a share above 0 and below 1, got 1.0");
    }
}
