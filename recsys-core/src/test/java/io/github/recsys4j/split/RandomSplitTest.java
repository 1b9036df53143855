package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import org.junit.jupiter.api.Test;

class RandomSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return new RandomSplit(new Ratios(0.1, 0.2), 5);
    }

    @Override
    protected int minimum() {
        return 0;
    }

    @Override
    protected int[] tooShort(Dataset dataset) {
        return new int[0];
    }

    @Test
    void split_anyData_holdsBackTheShareOfAllButFirstRows() {
        Dataset dataset = Events.random(50, 26).dataset();
        long candidates = dataset.interactions().size() - 50L;
        Split split = splitter().split(dataset);

        assertThat(split.report().part("test").counts().interactions()).isEqualTo(Math.round(candidates * 0.2));
        assertThat(split.report().part("test").userOverlap()).isEqualTo(1);
    }
}
