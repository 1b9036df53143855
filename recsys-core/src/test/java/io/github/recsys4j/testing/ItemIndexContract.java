package io.github.recsys4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link ItemIndex} must do. Vectors hold small whole numbers, so that scores are exact in any order
 * of summation, ties are frequent, and a ranking is either right or wrong.
 */
public abstract class ItemIndexContract {

    /**
     * Builds the index under test.
     *
     * @param vectors shape {@code [items, dim]}
     * @param dim the width of a vector
     * @param similarity how it compares
     * @return the index; the test closes it
     */
    protected abstract ItemIndex create(float[] vectors, int dim, Similarity similarity);

    private ItemIndex create(float[] vectors, int dim) {
        return create(vectors, dim, Similarity.INNER_PRODUCT);
    }

    /** {@return whether the index misses nothing; an approximate one says false} */
    protected boolean isExact() {
        return true;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void topK_anyFilter_equalsFullSort(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(600);
        int dim = 1 + random.nextInt(24);
        float[] vectors = integers(random, size * dim);
        try (ItemIndex index = create(vectors, dim)) {
            for (ItemFilter filter : filters(random, size)) {
                float[] query = integers(random, dim);
                int k = 1 + random.nextInt(size + 5);
                RankedItems expected = fullSort(vectors, query, k, filter);
                RankedItems found = index.topK(query, k, filter);
                assertSound(found, expected, vectors, query, filter);
            }
        }
    }

    /** Lengths are powers of 2, so that unit vectors and cosines are exact. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void topK_cosine_equalsFullSortOfUnitVectors(long seed) {
        Random random = new Random(seed);
        int size = 1 + random.nextInt(400);
        float[] units = new float[size * 16];
        float[] vectors = new float[size * 16];
        for (int row = 0; row < size; row++) {
            float length = 1 << random.nextInt(4);
            for (int d : random.ints(0, 16).distinct().limit(row == 0 ? 0 : 4).toArray()) {
                units[row * 16 + d] = random.nextBoolean() ? 0.5f : -0.5f;
                vectors[row * 16 + d] = length * units[row * 16 + d];
            }
        }
        try (ItemIndex index = create(vectors, 16, Similarity.COSINE)) {
            assertThat(index.similarity()).isEqualTo(Similarity.COSINE);
            for (ItemFilter filter : filters(random, size)) {
                float[] unit = Arrays.copyOfRange(units, (size - 1) * 16, size * 16);
                float[] query = Arrays.copyOfRange(vectors, (size - 1) * 16, size * 16);
                assertSound(index.topK(query, 9, filter), fullSort(units, unit, 9, filter), units, unit, filter);
            }
        }
    }

    private void assertSound(
            RankedItems found, RankedItems expected, float[] vectors, float[] query, ItemFilter filter) {
        if (isExact()) {
            assertThat(found).isEqualTo(expected);
            return;
        }
        BitSet allowed = filter.allowed(vectors.length / query.length);
        assertThat(found.size()).isLessThanOrEqualTo(expected.size());
        for (int place = 0; place < found.size(); place++) {
            assertThat(allowed.get(found.item(place))).isTrue();
            assertThat(found.score(place)).isEqualTo(dot(vectors, found.item(place), query));
        }
    }

    private static List<ItemFilter> filters(Random random, int size) {
        int[] some = random.ints(size / 3, 0, size).toArray();
        int[] others = random.ints(size / 4, 0, size).toArray();
        return List.of(
                ItemFilter.none(),
                ItemFilter.excluding(some),
                ItemFilter.only(some),
                ItemFilter.only(some).andExcluding(others),
                ItemFilter.excluding(IntStream.range(0, size).toArray()),
                ItemFilter.only());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 257, 700})
    void topKBatch_anyNumberOfQueries_equalsOneByOne(int queries) {
        Random random = new Random(queries);
        int size = 301;
        int dim = 8;
        float[] rows = integers(random, queries * dim);
        try (ItemIndex index = create(integers(random, size * dim), dim)) {
            List<RankedItems> batch = index.topKBatch(rows, 7, row -> ItemFilter.excluding(row % size));
            List<RankedItems> single = new ArrayList<>();
            for (int row = 0; row < queries; row++) {
                float[] query = Arrays.copyOfRange(rows, row * dim, (row + 1) * dim);
                single.add(index.topK(query, 7, ItemFilter.excluding(row % size)));
            }
            assertThat(batch).isEqualTo(single);
        }
    }

    @Test
    void topKBatch_noQueries_isEmpty() {
        try (ItemIndex index = create(new float[] {1, 2}, 1)) {
            assertThat(index.topKBatch(new float[0], 3, row -> ItemFilter.none()))
                    .isEmpty();
        }
    }

    @Test
    void topK_equalScores_goToTheLowerIndex() {
        try (ItemIndex index = create(new float[] {1, 2, 1, 2, 1, 2}, 1)) {
            assertThat(index.topK(new float[] {1}, 5).items()).containsExactly(1, 3, 5, 0, 2);
            assertThat(index.topK(new float[] {0}, 3).items()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void topK_moreThanThereAre_givesAll() {
        try (ItemIndex index = create(new float[] {1, 3, 2}, 1)) {
            assertThat(index.topK(new float[] {1}, Integer.MAX_VALUE).items()).containsExactly(1, 2, 0);
        }
    }

    @Test
    void topK_manyThreads_equalsOneThread() {
        Random random = new Random(11);
        int dim = 16;
        try (ItemIndex index = create(integers(random, 400 * dim), dim)) {
            List<float[]> queries =
                    IntStream.range(0, 64).mapToObj(i -> integers(random, dim)).toList();
            List<RankedItems> serial =
                    queries.stream().map(query -> index.topK(query, 9)).toList();
            List<RankedItems> parallel =
                    queries.parallelStream().map(query -> index.topK(query, 9)).toList();
            assertThat(parallel).isEqualTo(serial);
        }
    }

    @Test
    void topK_wrongArguments_sayWhatIsAllowed() {
        try (ItemIndex index = create(new float[] {1, 2, 3, 4}, 2)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topK(new float[] {1, 2}, 0))
                    .withMessage("k must be at least 1, got 0: ask for one item or more");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topK(new float[] {1}, 1))
                    .withMessage("query must hold dim = 2 floats, got 1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topKBatch(new float[3], 1, row -> ItemFilter.none()))
                    .withMessage("queries must hold whole rows of dim = 2 floats, got 3 floats");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topK(new float[] {1, Float.NaN}, 1))
                    .withMessage("queries must be finite, got NaN in row 0, column 1: check the model that produced"
                            + " them");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topK(new float[] {1, 2}, 1, ItemFilter.excluding(2)))
                    .withMessage("excluded items must be below the index's size 2, got 2");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topK(new float[] {1, 2}, 1, ItemFilter.only(0, 5)))
                    .withMessage("candidates must be below the index's size 2, got 5");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topKBatch(new float[40], 1, row -> ItemFilter.excluding(2 + row)))
                    .withMessage("excluded items must be below the index's size 2, got 2");
        }
    }

    @Test
    void create_wrongVectors_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(new float[] {1, 2, 3}, 2))
                .withMessage("vectors must hold whole rows of dim = 2 floats, got 3 floats");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(new float[] {1, 2, 3, 4, Float.POSITIVE_INFINITY, 6}, 2))
                .withMessage("vectors must be finite, got Infinity in row 2, column 0: check the model that produced"
                        + " them");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(new float[0], 2))
                .withMessage("vectors must hold at least one item, got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> create(new float[] {1}, 0))
                .withMessage("dim must be at least 1, got 0");
    }

    @Test
    void close_twice_isHarmlessAndQueriesAreRefused() {
        ItemIndex index = create(new float[] {1, 2}, 1);
        index.topK(new float[] {1}, 1);
        index.close();
        index.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> index.topK(new float[] {1}, 1))
                .withMessage("index is closed: open another one before asking");
    }

    private static float[] integers(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(7) - 3;
        }
        return values;
    }

    private static RankedItems fullSort(float[] vectors, float[] query, int k, ItemFilter filter) {
        Comparator<Integer> best = Comparator.comparingDouble((Integer item) -> -dot(vectors, item, query));
        int[] items = filter.allowed(vectors.length / query.length).stream()
                .boxed()
                .sorted(best.thenComparing(Comparator.naturalOrder()))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
        float[] scores = new float[items.length];
        for (int place = 0; place < items.length; place++) {
            scores[place] = dot(vectors, items[place], query);
        }
        return RankedItems.of(items, scores);
    }

    private static float dot(float[] vectors, int item, float[] query) {
        float sum = 0;
        for (int d = 0; d < query.length; d++) {
            sum += vectors[item * query.length + d] * query[d];
        }
        return sum;
    }
}
