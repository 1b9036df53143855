package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.testing.ItemIndexContract;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactIndexTest extends ItemIndexContract {
    @Override
    protected ItemIndex create(float[] vectors, int dim, Similarity similarity) {
        return ExactIndex.of(vectors, dim, similarity);
    }

    private static final int MANY = 40_011;

    /** Whole numbers, so that sums are exact in any order. */
    private static float[] wholeNumbers(int count, int range, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(range) - range / 2;
        }
        return numbers;
    }

    private static List<ItemFilter> filters() {
        BitSet third = new BitSet();
        IntStream.range(0, MANY / 3).forEach(i -> third.set(3 * i));
        int[] seen = new Random(1).ints(3000, 0, MANY).toArray();
        return List.of(
                ItemFilter.none(),
                ItemFilter.excluding(seen),
                ItemFilter.only(third).andExcluding(seen),
                ItemFilter.only(new Random(2).ints(9000, 0, MANY).toArray()).andExcluding(seen),
                ItemFilter.only(new Random(3).ints(90, 0, MANY).toArray()).andExcluding(seen));
    }

    private static RankedItems scan(float[] vectors, float[] queries, int row, ItemFilter filter) {
        TopK best = new TopK(25);
        filter.allowed(MANY).stream().forEach(item -> {
            float score = 0;
            for (int d = 0; d < 3; d++) {
                score += vectors[3 * item + d] * queries[3 * row + d];
            }
            best.offer(item, score);
        });
        return best.drain();
    }

    @Test
    void topK_moreItemsThanAPanel_equalsAScanOfAll() {
        float[] vectors = wholeNumbers(MANY * 3, 1000, 5);
        float[] query = {1, 0, -1};
        try (ExactIndex index = ExactIndex.of(vectors, 3)) {
            for (ItemFilter filter : filters()) {
                assertThat(index.topK(query, 25, filter)).isEqualTo(scan(vectors, query, 0, filter));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 17, 40, 300})
    void topKBatch_severalPanelsAndRanges_equalsScans(int queries) {
        float[] vectors = wholeNumbers(MANY * 3, 1000, 5);
        float[] rows = wholeNumbers(queries * 3, 9, 6);
        List<ItemFilter> filters = filters();
        try (ExactIndex index = ExactIndex.of(vectors, 3)) {
            List<RankedItems> found = index.topKBatch(rows, 25, row -> filters.get(row % filters.size()));
            for (int row = 0; row < queries; row++) {
                assertThat(found.get(row)).isEqualTo(scan(vectors, rows, row, filters.get(row % filters.size())));
            }
        }
    }

    /** Enough multiplications for OpenBLAS to be kept on the callers' threads. */
    @Test
    void topKBatch_largeProduct_equalsOneByOne() {
        float[] vectors = wholeNumbers(4_100 * 128, 20, 5);
        float[] rows = wholeNumbers(600 * 128, 20, 6);
        try (ExactIndex index = ExactIndex.of(vectors, 128)) {
            List<RankedItems> found = index.topKBatch(rows, 9, row -> ItemFilter.excluding(row, row));
            for (int row = 0; row < 600; row += 37) {
                float[] query = Arrays.copyOfRange(rows, row * 128, (row + 1) * 128);
                assertThat(found.get(row)).isEqualTo(index.topK(query, 9, ItemFilter.excluding(row)));
            }
        }
    }

    @Test
    void tiling_largeAndSmall_keepsPanelsWholeWordsAndProductsOnTheCaller() {
        for (int queries : new int[] {1, 2, 16, 64, 6040}) {
            for (int items : new int[] {1, 3416, 100_000, 1_000_000}) {
                Tiling tiling = Tiling.of(queries, items, 64);
                assertThat(tiling.panel() % 64).isZero();
                assertThat(tiling.ranges(items) == 1 || tiling.range() % tiling.panel() == 0)
                        .isTrue();
                assertThat(tiling.owning() || tiling.step() * tiling.queries() * 64 <= 1 << 18)
                        .isTrue();
            }
        }
        assertThat(Tiling.of(1, 1_000_000, 64).ranges(1_000_000)).isEqualTo(1);
        assertThat(Tiling.of(64, 1_000_000, 64).ranges(1_000_000)).isBetween(8, 16);
    }

    @Test
    void topK_overflowingProduct_isRefused() {
        try (ExactIndex index = ExactIndex.of(new float[] {Float.MAX_VALUE, Float.MAX_VALUE}, 2)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topK(new float[] {8, 8}, 1))
                    .withMessage("score of item 0 must be a finite number, got Infinity");
        }
    }

    @Test
    void allowed_candidatesLessExcluded_isTheDifference() {
        BitSet candidates = new BitSet();
        candidates.set(1, 4);
        assertThat(ItemFilter.only(candidates).andExcluding(2, 2).allowed(6).stream())
                .containsExactly(1, 3);
        assertThat(ItemFilter.none().allowed(3).cardinality()).isEqualTo(3);
    }

    @Test
    void filter_negativeIndex_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemFilter.excluding(3, -1))
                .withMessage("excluded items must be item indices of at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemFilter.only(-2))
                .withMessage("candidates must be item indices of at least 0, got -2");
    }
}
