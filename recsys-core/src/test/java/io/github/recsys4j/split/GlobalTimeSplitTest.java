package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.SplitterContract;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class GlobalTimeSplitTest extends SplitterContract {
    private final Dataset shop = Events.of(
                    "u a 1000, u b 2000, v a 3000, u c 4000, u a 4500, v b 5000, w a 5500, v a 6000, w b 6500, w c 7000")
            .dataset();
    private final GlobalTimeSplit atFour = GlobalTimeSplit.at(Instant.ofEpochSecond(4), Instant.ofEpochSecond(6));

    @Override
    protected Splitter splitter() {
        return GlobalTimeSplit.of(new Ratios(0.2, 0.2));
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
    void split_atInstants_dropsAndCountsWhoeverIsCold() {
        Split split = atFour.split(shop);

        assertThat(describe(split))
                .contains(
                        "u a",
                        "u b",
                        "v a",
                        "validation u [a, b] -> [a]",
                        "validation v [a] -> [b]",
                        "test v [a, b] -> [a]");
        assertThat(split.test().size()).isEqualTo(1);
        assertThat(split.report().remainder().dropped())
                .containsExactly(entry("item without training rows", 1L), entry("user without training rows", 3L));
    }

    @Test
    void split_keepingCold_dropsNothing() {
        Split split = atFour.keepingColdUsers().keepingColdItems().split(shop);

        assertThat(describe(split))
                .contains("validation u [a, b] -> [c, a]", "validation w [] -> [a]", "test w [a] -> [b, c]");
        assertThat(split.report().remainder().droppedInteractions()).isZero();
    }

    @Test
    void split_keepingColdUsersOnly_dropsColdItems() {
        Split split = atFour.keepingColdUsers().split(shop);

        assertThat(describe(split)).contains("validation u [a, b] -> [a]", "test w [a] -> [b]");
        assertThat(split.report().remainder().dropped()).containsExactly(entry("item without training rows", 2L));
    }

    @Test
    void split_anyData_nothingOfTheFutureTrains() {
        SplitReport report = splitter().split(Events.random(60, 28).dataset()).report();

        assertThat(report.part("validation").leakage().beforeAnyTraining()).hasValue(0);
        assertThat(report.part("test").leakage().beforeAnyTraining()).hasValue(0);
    }

    @Test
    void split_byRatios_sharesAreThoseOfAllRows() {
        Dataset dataset = Events.random(60, 28).dataset();
        SplitReport report = GlobalTimeSplit.of(new Ratios(0.2, 0.3))
                .keepingColdUsers()
                .keepingColdItems()
                .split(dataset)
                .report();
        int all = dataset.interactions().size();

        assertThat(report.part("test").counts().interactions()).isEqualTo((int) (all * 0.3));
        assertThat(report.part("validation").counts().interactions()).isEqualTo((int) (all * 0.2));
    }

    @Test
    void split_rowsAtTheCut_allAreLater() {
        Split split = GlobalTimeSplit.of(new Ratios(0, 0.25))
                .split(Events.of("u a 1, v a 1, u b 2, v b 5, u c 5, v c 5").dataset());

        assertThat(split.report().trainInteractions()).isEqualTo(3);
    }

    @Test
    void split_noTestShare_testIsEmpty() {
        Split split = GlobalTimeSplit.of(new Ratios(0.5, 0)).split(shop);

        assertThat(split.test().size()).isZero();
        assertThat(split.validation().size()).isPositive();
    }

    @Test
    void split_nothingBeforeTheCut_throwsWithTheInstant() {
        assertThatThrownBy(
                        () -> GlobalTimeSplit.at(Instant.EPOCH, Instant.EPOCH).split(shop))
                .isInstanceOf(DatasetException.class)
                .hasMessageEndingWith(" leaves nothing to train: no interaction is earlier than 1970-01-01T00:00:00Z."
                        + " Choose a later instant or smaller shares.");
    }

    @Test
    void split_nothingAfterTheCut_saysThatNothingWasHeldBack() {
        Instant late = Instant.ofEpochSecond(100);

        assertThat(GlobalTimeSplit.at(late, late).split(shop).report().notes())
                .contains("nothing was held back: the data has nothing that could be held back this way");
    }

    @Test
    void split_noTimes_throwsWithTheWayOut() {
        Dataset untimed = Events.of("u a 1, u b 2, u c 3").datasetWithoutTimes();

        assertThatThrownBy(() -> atFour.split(untimed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("needs times, and the data has none: use LeaveOneOut or UserRatioSplit, for which"
                        + " the position is the time");
    }

    @Test
    void split_tooFewRows_throwsWithTheCount() {
        Dataset small = Events.of("u a 1, u b 2").dataset();

        assertThatThrownBy(() -> splitter().split(small))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("needs at least 3 interactions, found 2");
    }

    @Test
    void at_testBeforeValidation_throwsWithBoth() {
        assertThatThrownBy(() -> GlobalTimeSplit.at(Instant.ofEpochSecond(4), Instant.ofEpochSecond(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("testFrom must not be before validationFrom = 1970-01-01T00:00:04Z, got"
                        + " 1970-01-01T00:00:03Z: validation comes first");
    }
}
