package io.github.recsys4j.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.testing.Events;
import io.github.recsys4j.testing.Events.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActivityFilterTest {
    /** Item c has one row. Without it w has one row; without w, item b of one row is left. */
    private final Dataset chain =
            Events.of("u a 1, u d 2, v a 3, v d 4, w b 5, w c 6, u b 7").dataset();

    @Test
    void singlePass_chain_dropsItemsThenUsersOnceAndCountsWhatIsBelow() {
        ActivityFilter.Filtered result = ActivityFilter.singlePass(2).apply(chain);

        assertThat(result.dataset().items().ids()).containsExactly("a", "b", "d");
        assertThat(result.dataset().users().ids()).containsExactly("u", "v");
        assertThat(result.dataset().interactions().size()).isEqualTo(5);
        assertThat(result.report().itemsBelowMinimum()).isEqualTo(1);
        assertThat(result.report())
                .hasToString("single-pass(min per item=2, min per user=2) after 1 rounds: dropped 2 of 7 interactions,"
                        + " 1 of 3 users, 1 of 4 items; 1 items left below the minimum");
    }

    @Test
    void kCore_chain_goesOnUntilEverybodyHasEnough() {
        ActivityFilter.Filtered result = ActivityFilter.kCore(2).apply(chain);

        assertThat(result.dataset().items().ids()).containsExactly("a", "d");
        assertThat(result.dataset().users().ids()).containsExactly("u", "v");
        assertThat(result.report().itemsBelowMinimum()).isZero();
        assertThat(result.report().rounds()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void kCore_randomData_equalsDroppingOneAtATime(long seed) {
        Events events = sparse(seed);
        ActivityFilter filter = ActivityFilter.kCore(6).withMinPerItem(7);
        Dataset rest = filter.apply(events.dataset()).dataset();

        assertThat(rest.interactions().size()).isBetween(1, events.list().size() - 1);
        assertThat(pairs(rest)).containsExactlyInAnyOrderElementsOf(oneAtATime(events, 6, 7));
    }

    private static Events sparse(long seed) {
        return new Events(Events.random(30, seed).list().stream()
                .filter(event -> event.time() % 5_000 != 0)
                .toList());
    }

    /** Users first, and only the first who is short: another order on purpose. */
    private static List<String> oneAtATime(Events events, int perUser, int perItem) {
        List<Event> rest = new ArrayList<>(events.list());
        boolean changed = true;
        while (changed) {
            changed = false;
            for (Event event : List.copyOf(rest)) {
                long ofUser = rest.stream()
                        .filter(other -> other.user().equals(event.user()))
                        .count();
                long ofItem = rest.stream()
                        .filter(other -> other.item().equals(event.item()))
                        .count();
                if (ofUser < perUser || ofItem < perItem) {
                    changed |= rest.remove(event);
                }
            }
        }
        return rest.stream().map(event -> event.user() + " " + event.item()).toList();
    }

    private static List<String> pairs(Dataset dataset) {
        Interactions rows = dataset.interactions();
        return IntStream.range(0, rows.numUsers())
                .boxed()
                .flatMap(user -> dataset.items().idsOf(rows.items(user)).stream()
                        .map(item -> dataset.users().id(user) + " " + item))
                .toList();
    }

    @Test
    void apply_linesShuffled_givesTheSame() {
        Events events = Events.random(30, 5);

        assertThat(pairs(ActivityFilter.kCore(8)
                        .apply(events.shuffled(1).dataset())
                        .dataset()))
                .isEqualTo(pairs(ActivityFilter.kCore(8).apply(events.dataset()).dataset()));
    }

    @Test
    void apply_differentMinimums_eachSideHasItsOwn() {
        Dataset rest =
                ActivityFilter.singlePass(1).withMinPerUser(3).apply(chain).dataset();

        assertThat(rest.users().ids()).containsExactly("u");
        assertThat(rest.items().size()).isEqualTo(4);
    }

    @Test
    void apply_nothingLeft_throwsWithCountsAndTheWayOut() {
        assertThatThrownBy(() -> ActivityFilter.kCore(5).apply(chain))
                .isInstanceOf(DatasetException.class)
                .hasMessage("k-core(min per item=5, min per user=5) leaves nothing of 7 interactions of 3 users with 4"
                        + " items: choose lower minimums.");
    }

    @Test
    void minimum_zero_throwsWithTheRange() {
        assertThatThrownBy(() -> ActivityFilter.kCore(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("k must be at least 1, got 0: 1 drops only what nobody touched");
        assertThatThrownBy(() -> ActivityFilter.singlePass(1).withMinPerUser(0))
                .hasMessageStartingWith("minPerUser must be at least 1, got 0");
    }
}
