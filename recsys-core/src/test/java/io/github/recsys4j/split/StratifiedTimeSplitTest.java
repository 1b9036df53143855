package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StratifiedTimeSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return new StratifiedTimeSplit(new Ratios(0.2, 0.2), 5);
    }

    @Override
    protected int minimum() {
        return 0;
    }

    @Override
    protected boolean worksWithoutTimes() {
        return false;
    }

    @Test
    void split_anyData_nothingOfTheFutureTrainsAndNobodyIsInBothParts() {
        Split split = splitter().split(Events.random(200, 29).dataset());
        Set<Integer> validated = users(split.validation());

        assertThat(split.report().part("validation").leakage().beforeAnyTraining())
                .hasValue(0);
        assertThat(split.report().part("test").leakage().beforeAnyTraining()).hasValue(0);
        assertThat(users(split.test())).doesNotContainAnyElementsOf(validated);
    }

    @Test
    void split_anyData_eachDecileOfTheFutureIsDividedAlike() {
        Dataset dataset = Events.random(200, 29).dataset();
        Split split = splitter().split(dataset);
        Set<Integer> validated = users(split.validation());
        List<Integer> later = Stream.concat(validated.stream(), users(split.test()).stream())
                .sorted(Comparator.comparingLong(user -> firstLaterTime(dataset, split, user)))
                .toList();

        assertThat(later).hasSizeGreaterThan(150);
        for (int bin = 0; bin < 10; bin++) {
            List<Integer> decile = later.subList(later.size() * bin / 10, later.size() * (bin + 1) / 10);
            assertThat((double) decile.stream().filter(validated::contains).count())
                    .isCloseTo(decile.size() / 2.0, within(1.0));
        }
    }

    private static long firstLaterTime(Dataset dataset, Split split, int user) {
        List<String> targets = Stream.of(split.validation(), split.test())
                .flatMap(cases -> targetPairs(cases).stream())
                .toList();
        return IntStream.range(
                        dataset.interactions().start(user),
                        dataset.interactions().end(user))
                .filter(row -> targets.contains(dataset.users().id(user) + " "
                        + dataset.items().id(dataset.interactions().item(row))))
                .mapToLong(dataset.interactions()::time)
                .min()
                .orElseThrow();
    }

    private static Set<Integer> users(HeldOut cases) {
        return cases.cases().mapToObj(cases::user).collect(Collectors.toSet());
    }

    @Test
    void new_noBins_throwsWithTheRange() {
        assertThatThrownBy(() -> new StratifiedTimeSplit(Ratios.STANDARD, 0, 5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bins must be at least 1, got 0: 10 makes deciles");
    }
}
