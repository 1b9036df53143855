package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return new StratifiedSplit(5);
    }

    @Override
    protected int minimum() {
        return 3;
    }

    @Test
    void split_anyUser_holdsBackTheExactShare() {
        Dataset dataset = Events.random(50, 21).dataset();
        Ratios ratios = new Ratios(0.2, 0.3);
        Split split = new StratifiedSplit(ratios, 1).split(dataset);

        split.test()
                .cases()
                .forEach(index -> assertThat(split.test().targets(index))
                        .hasSize(ratios.testOf(
                                dataset.interactions().count(split.test().user(index)))));
        assertThat(split.report().part("test").leakage().beforeOwnTraining().orElseThrow())
                .isPositive();
    }

    @Test
    void split_otherUsersGone_drawsTheSameForWhoeverStays() {
        Events all = Events.random(50, 22);
        Events some = new Events(
                all.list().stream().filter(event -> event.user().endsWith("3")).toList());
        List<String> ofAll = targetPairs(splitter().split(all.dataset()).test());

        assertThat(targetPairs(splitter().split(some.dataset()).test()))
                .isEqualTo(ofAll.stream()
                        .filter(pair -> pair.split(" ", -1)[0].endsWith("3"))
                        .toList());
    }

    @Test
    void split_anotherSeed_drawsOthers() {
        Dataset dataset = Events.random(50, 23).dataset();

        assertThat(targetPairs(new StratifiedSplit(1).split(dataset).test()))
                .isNotEqualTo(targetPairs(new StratifiedSplit(2).split(dataset).test()));
    }
}
