package io.github.recsys4j.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.testing.Events;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldOutTest {
    private final Vocabulary ids = Vocabulary.of(List.of("a", "b", "c"));

    @Test
    void select_listedCases_keepsTheirContentInTheGivenOrder() {
        HeldOut cases = HeldOut.builder(ids, ids)
                .add(0, new int[] {1, 2}, new int[] {0})
                .add(1, new int[] {}, new int[] {2, 1})
                .add(2, new int[] {0}, new int[] {1})
                .build()
                .select(new int[] {2, 1});

        assertThat(cases.size()).isEqualTo(2);
        assertThat(cases.user(0)).isEqualTo(2);
        assertThat(cases.history(0)).containsExactly(0);
        assertThat(cases.history(1)).isEmpty();
        assertThat(cases.targets(1)).containsExactly(2, 1);
    }

    @Test
    void select_casesOfASplitter_keepsTheirContentInTheGivenOrder() {
        HeldOut test = LeaveOneOut.split(
                        Events.of("u a 1, u b 2, u c 3, v b 4, v c 5, v b 6").dataset())
                .test()
                .select(new int[] {1});

        assertThat(test.request(0).build().userId()).contains("v");
        assertThat(test.request(0).build().history()).contains(List.of("b", "c"));
        assertThat(test.targets(0)).containsExactly(1);
    }

    @Test
    void history_changedByTheCaller_doesNotChangeTheCase() {
        HeldOut cases =
                HeldOut.builder(ids, ids).add(0, new int[] {1}, new int[] {0}).build();
        cases.history(0)[0] = 2;

        assertThat(cases.history(0)).containsExactly(1);
    }

    @Test
    void add_noTargets_throwsNamingTheUser() {
        assertThatThrownBy(() -> HeldOut.builder(ids, ids).add(1, new int[] {0}, new int[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("targets of user \"b\" must not be empty");
    }

    @Test
    void add_itemOutOfRange_throwsWithTheRange() {
        assertThatThrownBy(() -> HeldOut.builder(ids, ids).add(1, new int[] {3}, new int[] {0}))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("item (3) must be less than size (3)");
    }
}
