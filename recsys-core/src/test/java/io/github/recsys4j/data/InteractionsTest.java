package io.github.recsys4j.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InteractionsTest {
    private static final int[] OFFSETS = {0, 2, 2, 5};
    private static final int[] ITEMS = {3, 1, 2, 3, 0};
    private static final long[] MILLIS = {5, 6, 1, 2, 3};
    private static final float[] VALUES = {0.5f, 1, 2, 3, -4};

    private static Interactions wide() {
        return Interactions.ofSorted(OFFSETS, ITEMS, Optional.of(MILLIS), Optional.of(VALUES));
    }

    private static Interactions narrow() {
        return Interactions.ofColumns(
                OFFSETS,
                ITEMS,
                TimeColumn.narrow(
                        IntStream.of(5, 6, 1, 2, 3).mapToLong(s -> s * 1000L).toArray(), 5),
                ValueColumn.narrow(VALUES, 5));
    }

    @Test
    void filter_wideAndNarrowColumns_keepTheSameRows() {
        Interactions wide = wide().filter(row -> row != 1 && row != 3);
        Interactions narrow = narrow().filter(row -> row != 1 && row != 3);

        assertThat(IntStream.range(0, 3).map(wide::count).toArray()).containsExactly(1, 0, 2);
        for (int row = 0; row < 3; row++) {
            assertThat(narrow.item(row)).isEqualTo(wide.item(row)).isEqualTo(new int[] {3, 2, 0}[row]);
            assertThat(narrow.time(row)).isEqualTo(1000 * wide.time(row)).isEqualTo(new long[] {5000, 1000, 3000}[row]);
            assertThat(narrow.value(row)).isEqualTo(wide.value(row)).isEqualTo(new float[] {0.5f, 2, -4}[row]);
        }
    }

    @Test
    void filter_nothingLeft_usersStay() {
        Interactions none = wide().filter(row -> false);

        assertThat(none.size()).isZero();
        assertThat(none.numUsers()).isEqualTo(3);
    }

    @Test
    void value_257DistinctOnes_areAllKept() {
        float[] values = new float[1000];
        for (int row = 0; row < values.length; row++) {
            values[row] = row % 257 / 3f;
        }
        int[] offsets = {0, values.length};
        Interactions interactions = Interactions.ofColumns(
                offsets, new int[values.length], TimeColumn.none(), ValueColumn.narrow(values, values.length));

        for (int row = 0; row < values.length; row++) {
            assertThat(interactions.value(row)).isEqualTo(values[row]);
        }
        assertThat(interactions.hasTimes()).isFalse();
        assertThat(interactions.time(0)).isZero();
    }

    @Test
    void forAll_codesOfSeveralParts_areTranslated() {
        ValueColumn first = ValueColumn.narrow(new float[] {3, 1, 3}, 3);
        ValueColumn second = ValueColumn.narrow(new float[] {2, 1}, 2);
        ValueColumn all = ValueColumn.forAll(java.util.List.of(first, second), 5);
        all.scatter(first, new int[] {4, 0, 2});
        all.scatter(second, new int[] {1, 3});

        assertThat(new float[] {all.value(0), all.value(1), all.value(2), all.value(3), all.value(4)})
                .containsExactly(1, 2, 3, 1, 3);
    }
}
