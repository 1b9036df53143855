package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.testing.Checkerboard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ItemActivityTest {
    private final AtomicLong now = new AtomicLong(1000);
    private final ItemActivity activity = activity(Duration.ZERO);

    private ItemActivity activity(Duration refresh) {
        return ItemActivity.builder()
                .halfLife(Duration.ofMillis(100))
                .refresh(refresh)
                .clock(() -> Instant.ofEpochMilli(now.get()))
                .build();
    }

    private static List<String> ids(List<Recommendation> items) {
        return items.stream().map(Recommendation::itemId).toList();
    }

    /** At 1,000: old has 3 events of age 300, an eighth each; new has one of age 0; both has 1/2 + 1/8. */
    @Test
    void trending_handComputed_halvesWithEachHalfLife() {
        for (int i = 0; i < 3; i++) {
            activity.record("old", 700);
        }
        activity.record("both", 900);
        activity.record("both", 700);
        activity.record("new", 1000);
        List<Recommendation> trending = activity.trending(10, id -> true);
        assertThat(ids(trending)).containsExactly("new", "both", "old");
        assertThat(trending).extracting(Recommendation::score).containsExactly(1f, 0.625f, 0.375f);
        assertThat(ids(activity.popular(10, id -> true))).containsExactly("old", "both", "new");
        assertThat(ids(activity.recent(10, id -> true))).containsExactly("new", "both", "old");
        assertThat(ids(activity.popular(1, id -> !id.equals("old")))).containsExactly("both");
    }

    @Test
    void trending_anyOrderOfArrival_equalsItsDefinition() {
        SplittableRandom random = new SplittableRandom(5);
        double expected = 0;
        for (int i = 0; i < 500; i++) {
            long time = random.nextLong(1000);
            activity.record("a", time);
            expected += Math.pow(2, -(1000 - time) / 100.0);
        }
        assertThat((double) activity.trending(1, id -> true).get(0).score())
                .isCloseTo(expected, within(1e-5 * expected));
    }

    @Test
    void recent_closeTimes_areToldApartAlthoughTheirScoresAreEqualAsFloats() {
        now.set(1_700_000_000_000L);
        activity.record("a", 1_700_000_000_000L);
        activity.record("b", 1_700_000_000_001L);
        assertThat(ids(activity.recent(2, id -> true))).containsExactly("b", "a");
    }

    @Test
    void popular_tie_goesToTheLowerId() {
        activity.record("b", 1);
        activity.record("a", 2);
        assertThat(ids(activity.popular(2, id -> true))).containsExactly("a", "b");
    }

    @Test
    void refresh_keepsTheOrderForAWhile() {
        ItemActivity lazy = activity(Duration.ofMillis(50));
        lazy.record("a", 1);
        assertThat(lazy.popular(9, id -> true)).hasSize(1);
        lazy.record("b", 1);
        assertThat(lazy.popular(9, id -> true)).hasSize(1);
        now.addAndGet(50);
        assertThat(lazy.popular(9, id -> true)).hasSize(2);
        assertThat(lazy.count("b")).isEqualTo(1);
        assertThat(lazy.count("c")).isZero();
    }

    @Test
    void recordAll_countsADataset() {
        activity.recordAll(Checkerboard.dataset());
        assertThat(activity.popular(1, id -> true)).containsExactly(new Recommendation(Checkerboard.POPULAR, 11));
    }

    @Test
    void settings_outOfRange_areRefused() {
        ItemActivity.Builder builder = ItemActivity.builder().clock(InstantSource.system());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.halfLife(Duration.ZERO))
                .withMessage("halfLife must be at least a millisecond, got PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.refresh(Duration.ofMillis(-1)))
                .withMessage("refresh must not be negative, got PT-0.001S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> activity.popular(0, id -> true))
                .withMessage("k must be at least 1, got 0: ask for one item or more");
    }

    @Test
    void categories_ofAColumn_areSplitAndTrimmed() {
        Vocabulary items = Vocabulary.inOrder(List.of("a", "b", "c"));
        Table table = new Table(3, List.of(new Column("genres", List.of("Drama| War ", "", "War"))));
        ItemCategories categories = ItemCategories.of(items, table, "genres", '|');
        assertThat(categories.of("a")).containsExactly("Drama", "War");
        assertThat(categories.of("b")).isEmpty();
        assertThat(categories.of("nobody")).isEmpty();
        assertThat(categories.all()).containsExactly("Drama", "War");
        assertThat(ItemCategories.none().of("a")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemCategories.of(items, table, "genre", '|'))
                .withMessage("items have no column \"genre\"; their columns are [genres]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemCategories.of(items, Table.empty(2), "genres", '|'))
                .withMessage("table must have one row per item = 3, got 2");
    }
}
