package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Items that come and go. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class HnswLiveTest {
    private static final int DIM = 16;
    private static final HnswOptions OPTIONS =
            HnswOptions.defaults().withLinks(12).withBuildWidth(60).withSearchWidth(64);

    private static HnswIndex index(int items) {
        return HnswIndex.build(Clusters.units(items, DIM, 1), DIM, Similarity.INNER_PRODUCT, OPTIONS);
    }

    @Test
    void add_manyItems_areFoundLikeTheOthers() {
        float[] added = Clusters.units(6000, DIM, 7);
        try (HnswIndex index = index(2000)) {
            assertThat(index.add(Arrays.copyOf(added, 100 * DIM))).isEqualTo(2000);
            assertThat(index.add(Arrays.copyOfRange(added, 100 * DIM, added.length)))
                    .isEqualTo(2100);
            assertThat(index.size()).isEqualTo(8000);
            assertThat(index.linked()).isEqualTo(8000);
            assertThat(index.recall(Clusters.units(200, DIM, 2), 10)).isGreaterThan(0.96);
            int found = 0;
            for (int row = 0; row < 6000; row += 20) {
                float[] query = Arrays.copyOfRange(added, row * DIM, (row + 1) * DIM);
                found += index.topK(query, 1).item(0) == 2000 + row ? 1 : 0;
            }
            assertThat(found).isGreaterThan(290);
        }
    }

    @Test
    void add_itemsOfANewCluster_findEachOther() {
        float[] far = Clusters.normal(500 * DIM, 0.01, 3);
        for (int row = 0; row < 500; row++) {
            far[row * DIM] += 1;
        }
        try (HnswIndex index = index(4000)) {
            int first = index.add(far);
            float[] query = new float[DIM];
            query[0] = 1;
            int[] found = index.topK(query, 50).items();
            assertThat(Arrays.stream(found).filter(item -> item >= first).count())
                    .isGreaterThan(45);
        }
    }

    @Test
    void remove_items_areNeverFoundAgainAndKeepTheirIndices() {
        try (HnswIndex index = index(3000)) {
            float[] query = Clusters.units(1, DIM, 2);
            int[] best = index.topK(query, 20).items();
            index.remove(best);
            index.remove(best[0]);
            assertThat(index.numRemoved()).isEqualTo(20);
            assertThat(index.size()).isEqualTo(3000);
            assertThat(index.topK(query, 200).items()).doesNotContain(best).hasSize(200);
            assertThat(index.topK(query, 5, ItemFilter.only(best)).size()).isZero();
            assertThat(index.add(query)).isEqualTo(3000);
            assertThat(index.topK(query, 1).item(0)).isEqualTo(3000);
        }
    }

    @Test
    void remove_aFifth_buildsTheGraphAgainWithout() throws InterruptedException {
        try (HnswIndex index = index(4000)) {
            index.remove(IntStream.range(0, 1000).toArray());
            for (int wait = 0; wait < 1000 && index.linked() != 3000; wait++) {
                Thread.sleep(10);
            }
            assertThat(index.linked()).isEqualTo(3000);
            float[] queries = Clusters.units(100, DIM, 2);
            assertThat(index.recall(queries, 10)).isGreaterThan(0.96);
            assertThat(Arrays.stream(
                            index.topK(Arrays.copyOf(queries, DIM), 500).items()))
                    .allMatch(item -> item >= 1000);
        }
    }

    @Test
    void remove_everything_findsNothingUntilSomethingIsAdded() throws InterruptedException {
        try (HnswIndex index = index(2000)) {
            index.remove(IntStream.range(0, 2000).toArray());
            float[] query = Clusters.units(1, DIM, 2);
            assertThat(index.topK(query, 5).size()).isZero();
            for (int wait = 0; wait < 1000 && index.linked() != 0; wait++) {
                Thread.sleep(10);
            }
            assertThat(index.linked()).isZero();
            index.add(Clusters.units(3000, DIM, 8));
            assertThat(index.recall(Clusters.units(50, DIM, 2), 10)).isGreaterThan(0.95);
        }
    }

    @Test
    void change_wrongArguments_sayWhatIsAllowed() {
        try (HnswIndex index = index(50)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.remove(3, 50))
                    .withMessage("items to remove must be in [0, 50), the index's size, got 50");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.add(new float[3]))
                    .withMessage("vectors must hold whole rows of dim = 16 floats, got 3 floats");
            float[] broken = new float[DIM];
            broken[2] = Float.NaN;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.add(broken))
                    .withMessageStartingWith("vectors must be finite, got NaN in row 0, column 2");
            assertThat(index.numRemoved()).isZero();
            assertThat(index.size()).isEqualTo(50);
        }
    }

    @Test
    void change_closedIndex_isRefused() {
        HnswIndex index = index(50);
        index.close();
        assertThatIllegalStateException().isThrownBy(() -> index.add(new float[DIM]));
        assertThatIllegalStateException().isThrownBy(() -> index.remove(1));
    }

    @Test
    void search_whileItemsComeAndGo_isNeverWrong() throws Exception {
        ComingAndGoing.check(DIM, vectors -> HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS));
    }

    @Test
    void close_duringSearchesAndARebuild_letsThemEnd() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        HnswIndex index = index(4000);
        try {
            float[] queries = Clusters.units(300, DIM, 2);
            Callable<String> searching = () -> {
                while (true) {
                    try {
                        assertThat(index.topKBatch(queries, 5, row -> ItemFilter.none()))
                                .hasSize(300);
                    } catch (IllegalStateException e) {
                        return e.getMessage();
                    }
                }
            };
            List<Future<String>> searches = IntStream.range(0, 3)
                    .mapToObj(i -> threads.submit(searching))
                    .toList();
            index.remove(IntStream.range(0, 2000).toArray());
            Thread.sleep(20);
            index.close();
            for (Future<String> search : searches) {
                assertThat(search.get()).isEqualTo("index is closed: open another one before asking");
            }
        } finally {
            index.close();
            threads.shutdownNow();
        }
    }
}
