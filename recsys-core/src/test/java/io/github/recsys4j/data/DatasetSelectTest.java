package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatasetSelectTest {
    private final Dataset dataset = Dataset.of(
                    Vocabulary.of(List.of("u", "v", "w")),
                    Vocabulary.of(List.of("a", "b", "c")),
                    Interactions.ofSorted(
                            new int[] {0, 2, 3, 5},
                            new int[] {0, 2, 1, 2, 1},
                            Optional.of(new long[] {1, 2, 3, 4, 5}),
                            Optional.of(new float[] {10, 20, 30, 40, 50})))
            .withTables(
                    new Table(3, List.of(new Column("title", List.of("Apple", "Bread", "Cheese")))),
                    new Table(3, List.of(new Column("country", List.of("CL", "", "AR")))));

    @Test
    void select_someUsersAndItems_renumbersRowsAndColumns() {
        Dataset part = dataset.select(user -> user != 1, item -> item != 0);

        assertThat(part.users().ids()).containsExactly("u", "w");
        assertThat(part.items().ids()).containsExactly("b", "c");
        assertThat(part.interactions().items(0)).containsExactly(1);
        assertThat(part.interactions().items(1)).containsExactly(1, 0);
        assertThat(part.interactions().time(2)).isEqualTo(5);
        assertThat(part.interactions().value(1)).isEqualTo(40);
        assertThat(part.itemTable().column("title").orElseThrow().values()).containsExactly("Bread", "Cheese");
        assertThat(part.userTable().column("country").orElseThrow().values()).containsExactly("CL", "AR");
    }

    @Test
    void filter_everyOtherRow_keepsTimesAndValuesBesideTheirItems() {
        Interactions odd = dataset.interactions().filter(row -> row % 2 == 0);

        assertThat(odd.items(0)).containsExactly(0);
        assertThat(odd.items(1)).containsExactly(1);
        assertThat(odd.items(2)).containsExactly(1);
        assertThat(odd.time(2)).isEqualTo(5);
        assertThat(odd.value(1)).isEqualTo(30);
    }

    @Test
    void withTables_otherNumberOfRows_throwsWithBoth() {
        assertThatThrownBy(() -> dataset.withTables(Table.empty(2), Table.empty(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("table of items must have one row for each of 3, got 2");
    }
}
