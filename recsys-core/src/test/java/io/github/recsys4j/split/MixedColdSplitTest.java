package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MixedColdSplitTest extends SplitterContract {
    @Override
    protected Splitter splitter() {
        return MixedColdSplit.of(Ratios.STANDARD);
    }

    @Override
    protected int minimum() {
        return 0;
    }

    @Override
    protected boolean worksWithOneUser() {
        return false;
    }

    /** Warm users with 1 or 2 rows of warm items. */
    @Override
    protected int[] tooShort(Dataset dataset) {
        Interactions rows = dataset.interactions();
        int[] counts = rows.itemCounts(dataset.items().size());
        Set<Integer> coldUsers =
                coldest(IntStream.range(0, rows.numUsers()).map(rows::count).toArray());
        Set<Integer> coldItems = coldest(counts);
        return IntStream.range(0, rows.numUsers())
                .filter(user -> !coldUsers.contains(user))
                .filter(user -> {
                    long warm = IntStream.of(rows.items(user))
                            .filter(item -> !coldItems.contains(item))
                            .count();
                    return warm == 1 || warm == 2;
                })
                .toArray();
    }

    private static Set<Integer> coldest(int[] counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt(index -> counts[index]))
                .limit(counts.length / 10)
                .collect(Collectors.toSet());
    }

    /** Only their rows of warm items stay. */
    @Override
    @Test
    protected void split_usersTooShort_stayWholeAndAreCounted() {
        Dataset dataset = Events.random(60, 9).dataset();
        Split split = splitter().split(dataset);

        assertThat(split.report().usersTooShort())
                .isEqualTo(tooShort(dataset).length)
                .isPositive();
        assertThat(split.test().cases().map(split.test()::user))
                .doesNotContain(IntStream.of(tooShort(dataset)).boxed().toArray(Integer[]::new));
    }

    @Test
    void split_anyData_coldUsersAndItemsNeverTrain() {
        SplitReport report = splitter().split(Events.random(60, 30).dataset()).report();

        assertThat(report.part("cold-item").overlap().items()).isZero();
        assertThat(report.part("cold-item").userOverlap()).isEqualTo(1);
        assertThat(report.part("cold-user").overlap().users()).isZero();
        assertThat(report.part("cold-user").itemOverlap()).isPositive();
        assertThat(report.part("cold-both").overlap()).isEqualTo(new SplitReport.Overlap(0, 0));
        assertThat(report.part("validation").userOverlap()).isEqualTo(1);
    }

    @Test
    void split_smallShop_dividesByWarmAndCold() {
        Split split = MixedColdSplit.of(new Ratios(0.25, 0.25))
                .withColdUsers(0.34)
                .withColdItems(0.2)
                .split(Events.of("u a 1, u b 2, u c 3, u d 4, u x 5, v a 6, v b 7, v c 8, v d 9, v a 10,"
                                + "w a 11, w b 12, w x 13, w c 14, v d 15")
                        .dataset());

        assertThat(describe(split))
                .contains(
                        "validation u [a, b] -> [c]",
                        "test u [a, b, c] -> [d]",
                        "cold-item u [a, b, c] -> [x]",
                        "cold-user w [a, b] -> [c]",
                        "cold-both w [a, b] -> [x]")
                .doesNotContain("w a");
        assertThat(split.withTest(split.group("cold-item")).test().size()).isEqualTo(1);
    }

    @Test
    void split_oneItem_throwsWithTheCount() {
        assertThatThrownBy(() -> splitter().split(Events.of("u a 1, v a 2").dataset()))
                .isInstanceOf(DatasetException.class)
                .hasMessage("mixed-cold(validation=0.1, test=0.1, cold users=0.1, cold items=0.1) needs at least 2"
                        + " items with interactions to make one of them cold, found 1: use LeaveOneOut.");
    }

    @Test
    void withCold_outOfRange_throwsWithTheRange() {
        assertThatThrownBy(() -> MixedColdSplit.of(Ratios.STANDARD).withColdUsers(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("coldUsers must be a share above 0 and below 1, got 0.0");
        assertThatThrownBy(() -> MixedColdSplit.of(Ratios.STANDARD).withColdItems(1))
                .hasMessage("coldItems must be a share above 0 and below 1, got 1.0");
    }
}
