package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole numbers as values make every sum exact, so that a plain loop and a product must agree, ties included. */
final class FullRankingTest {
    private static final int DIM = 5;
    private static final int QUERIES = 300;

    private record Answer(List<Integer> items, List<Integer> ranks, int numCandidates) {
        static Answer of(RankedItems found, WantedRanks ranks) {
            return new Answer(Ints.asList(found.items()), Ints.asList(ranks.ranks()), ranks.numCandidates());
        }
    }

    private static float[] whole(int count, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(7) - 3;
        }
        return values;
    }

    /** No filter, exclusions (repeated ones, too), few candidates, a bitmap, and candidates with exclusions in turn. */
    private static ItemFilter filter(int row, int size) {
        Random random = new Random(row);
        int[] some = random.ints(40, 0, size).toArray();
        BitSet half = new BitSet();
        IntStream.range(0, size).filter(item -> random.nextBoolean()).forEach(half::set);
        return switch (row % 6) {
            case 0 -> ItemFilter.none();
            case 1 -> ItemFilter.excluding(some).andExcluding(some[0], size - 1);
            case 2 -> ItemFilter.only(some);
            case 3 -> ItemFilter.only(half).andExcluding(some);
            case 4 -> ItemFilter.only(some).andExcluding(some[0], some[1], some[1]);
            default -> ItemFilter.only();
        };
    }

    private static int[] wanted(int row, int size) {
        return new Random(-row).ints(row % 4, 0, size).distinct().toArray();
    }

    private static Answer plain(float[] items, float[] queries, int row, int k) {
        int size = items.length / DIM;
        double[] scores = new double[size];
        for (int item = 0; item < size; item++) {
            for (int d = 0; d < DIM; d++) {
                scores[item] += items[item * DIM + d] * queries[row * DIM + d];
            }
        }
        BitSet allowed = filter(row, size).allowed(size);
        List<Integer> order = allowed.stream()
                .boxed()
                .sorted((one, other) -> Double.compare(scores[other], scores[one]))
                .toList();
        return new Answer(
                order.stream().limit(k).toList(),
                Arrays.stream(wanted(row, size))
                        .filter(allowed::get)
                        .mapToObj(item -> order.indexOf(item) + 1)
                        .toList(),
                allowed.cardinality());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 700, FullRanking.TILE, FullRanking.TILE + 1, 3 * FullRanking.TILE - 5})
    void rank_anyFiltersAndTiles_equalsSortingEachQuery(int size) {
        float[] items = whole(size * DIM, size);
        float[] queries = whole(QUERIES * DIM, 2);
        Answer[] ranked = new Answer[QUERIES];
        Answer[] best = new Answer[QUERIES];
        IntFunction<ItemFilter> filters = row -> filter(row, size);
        try (FullRanking ranking = FullRanking.of(items, DIM)) {
            ranking.ranks(
                    queries,
                    7,
                    filters,
                    row -> wanted(row, size),
                    (row, found, ranks) -> ranked[row] = Answer.of(found, ranks));
            ranking.best(queries, 7, filters, (row, found, ranks) -> best[row] = Answer.of(found, ranks));
        }
        for (int row = 0; row < QUERIES; row += size > FullRanking.TILE ? 7 : 1) {
            Answer expected = plain(items, queries, row, 7);
            assertThat(ranked[row]).as("row %s", row).isEqualTo(expected);
            assertThat(best[row])
                    .as("row %s", row)
                    .isEqualTo(new Answer(expected.items, List.of(), expected.numCandidates));
        }
    }

    @Test
    void best_moreQueriesThanBlocks_answersEachOnce() {
        float[] queries = whole(10_000 * DIM, 3);
        int[] answered = new int[10_000];
        try (FullRanking ranking = FullRanking.of(whole(20 * DIM, 1), DIM)) {
            ranking.best(queries, 1, row -> ItemFilter.none(), (row, found, ranks) -> answered[row] += found.size());
        }
        assertThat(answered).containsOnly(1);
    }

    @Test
    void rank_wrongInput_saysWhatIsAllowed() {
        FullRanking.Answers nobody = (row, found, ranks) -> {};
        FullRanking ranking = FullRanking.of(new float[] {1, 2, 3, 4}, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranking.best(new float[2], 0, row -> ItemFilter.none(), nobody))
                .withMessage("k must be at least 1, got 0: ask for one item or more");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranking.best(new float[3], 1, row -> ItemFilter.none(), nobody))
                .withMessage("queries must hold whole rows of dim = 2 floats, got 3 floats");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranking.best(new float[2], 1, row -> ItemFilter.excluding(2), nobody))
                .withMessage("excluded items must be below the index's size 2, got 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FullRanking.of(new float[0], 2))
                .withMessage("vectors must hold at least one item, got none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ranking.best(
                        new float[] {Float.MAX_VALUE, Float.MAX_VALUE}, 1, row -> ItemFilter.none(), nobody))
                .withMessageContaining("must be a finite number");
        ranking.close();
        ranking.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> ranking.best(new float[2], 1, row -> ItemFilter.none(), nobody))
                .withMessage("ranking is closed: open another one before asking");
    }
}
