package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.testing.ItemIndexContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class IvfIndexTest extends ItemIndexContract {
    private static final int DIM = 24;
    private static final int ITEMS = 8000;
    private static final IvfOptions OPTIONS =
            IvfOptions.defaults().withProbes(20).withSeed(5);

    @TempDir
    private Path folder;

    @Override
    protected ItemIndex create(float[] vectors, int dim, Similarity similarity) {
        return IvfIndex.build(vectors, dim, similarity, OPTIONS);
    }

    @Override
    protected boolean isExact() {
        return false;
    }

    private static IvfIndex units(int items) {
        return IvfIndex.build(Clusters.units(items, DIM, 1), DIM, Similarity.INNER_PRODUCT, OPTIONS);
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void topK_clusteredVectorsOfOneLength_findsNearlyAll(Similarity similarity) {
        try (IvfIndex index = IvfIndex.build(Clusters.units(ITEMS, DIM, 1), DIM, similarity, OPTIONS)) {
            assertThat(index.numLists()).isEqualTo(179);
            assertThat(index.recall(Clusters.units(200, DIM, 2), 10)).isGreaterThan(0.97);
            assertThat(index.isExhaustive()).isFalse();
        }
    }

    @Test
    void topK_vectorsOfManyLengths_findsTheInnerProductsNearlyAll() {
        float[] vectors = Clusters.ofManyLengths(ITEMS, DIM, 1);
        try (IvfIndex index = IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS)) {
            assertThat(index.items().codes().lift()).isPresent();
            assertThat(index.recall(Clusters.units(200, DIM, 2), 10)).isGreaterThan(0.95);
            index.setProbes(40);
            assertThat(index.recall(Clusters.normal(200 * DIM, 1, 3), 10)).isGreaterThan(0.95);
        }
    }

    @ParameterizedTest(name = "every {0}th item passes")
    @ValueSource(ints = {1, 2, 5, 20, 100, 1000})
    void topK_filterOfAnySelectivity_findsNearlyAllThatPass(int every) {
        float[] vectors = Clusters.units(ITEMS, DIM, 1);
        try (IvfIndex index = IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS)) {
            assertThat(FilteredRecall.of(index, vectors, every)).isGreaterThan(0.97);
        }
    }

    @Test
    void build_anyNumberOfThreads_givesTheSameLists() throws Exception {
        float[] vectors = Clusters.units(3000, DIM, 1);
        int[][] lists = new int[2][];
        for (int run = 0; run < 2; run++) {
            ForkJoinPool pool = new ForkJoinPool(run == 0 ? 1 : 5);
            try (IvfIndex index = pool.submit(() -> IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS))
                    .get()) {
                lists[run] = index.items().lists().orElseThrow().listOf(3000);
            } finally {
                pool.shutdown();
            }
        }
        assertThat(lists[1]).isEqualTo(lists[0]);
    }

    @Test
    void build_otherSeed_givesOtherLists() {
        float[] vectors = Clusters.units(3000, DIM, 1);
        try (IvfIndex one = IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS);
                IvfIndex other = IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS.withSeed(6))) {
            assertThat(one.items().lists().orElseThrow().listOf(3000))
                    .isNotEqualTo(other.items().lists().orElseThrow().listOf(3000));
        }
    }

    @Test
    void build_tooFewFound_looksAtEveryVector() {
        float[] vectors = Clusters.units(ITEMS, DIM, 1);
        for (int row = 0; row < ITEMS; row++) {
            vectors[row * DIM] = row == 0 ? 1e6f : 0;
        }
        try (IvfIndex index = IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS);
                ExactIndex exact = ExactIndex.of(vectors, DIM)) {
            assertThat(index.isExhaustive()).isTrue();
            float[] query = Clusters.units(1, DIM, 2);
            assertThat(index.topK(query, 20).items())
                    .isEqualTo(exact.topK(query, 20).items());
            assertThat(index.toString()).contains("looking at every vector");
        }
    }

    @Test
    void setProbes_more_findsMore() {
        try (IvfIndex index = IvfIndex.build(
                Clusters.units(ITEMS, DIM, 1), DIM, Similarity.INNER_PRODUCT, OPTIONS.withMinRecall(0))) {
            float[] queries = Clusters.units(200, DIM, 2);
            index.setProbes(1);
            double few = index.recall(queries, 10);
            index.setProbes(1000);
            assertThat(index.recall(queries, 10)).isGreaterThan(few).isGreaterThan(0.999);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.setProbes(0))
                    .withMessage("probes must be at least 1, got 0");
        }
    }

    @Test
    void add_manyMoreItems_areFoundAndDividedAgain() throws InterruptedException {
        float[] added = Clusters.units(6000, DIM, 7);
        try (IvfIndex index = units(2000)) {
            assertThat(index.add(Arrays.copyOf(added, 100 * DIM))).isEqualTo(2000);
            assertThat(index.numLists()).isEqualTo(89);
            assertThat(index.add(Arrays.copyOfRange(added, 100 * DIM, added.length)))
                    .isEqualTo(2100);
            for (int row = 0; row < 6000; row += 20) {
                float[] query = Arrays.copyOfRange(added, row * DIM, (row + 1) * DIM);
                assertThat(index.topK(query, 1).item(0)).isEqualTo(2000 + row);
            }
            for (int wait = 0; wait < 1000 && index.numLists() != 179; wait++) {
                Thread.sleep(10);
            }
            assertThat(index.numLists()).isEqualTo(179);
            assertThat(index.listed()).isEqualTo(8000);
            assertThat(index.recall(Clusters.units(200, DIM, 2), 10)).isGreaterThan(0.96);
        }
    }

    @Test
    void remove_aFifth_dividesTheOthersAgain() throws InterruptedException {
        try (IvfIndex index = units(4000)) {
            index.remove(IntStream.range(0, 1000).toArray());
            float[] query = Clusters.units(1, DIM, 2);
            int[] found = index.topK(query, 500).items();
            assertThat(found).hasSize(500);
            assertThat(Arrays.stream(found)).allMatch(item -> item >= 1000);
            for (int wait = 0; wait < 1000 && index.listed() != 3000; wait++) {
                Thread.sleep(10);
            }
            assertThat(index.listed()).isEqualTo(3000);
            assertThat(index.recall(Clusters.units(100, DIM, 2), 10)).isGreaterThan(0.96);
            assertThat(index.numRemoved()).isEqualTo(1000);
        }
    }

    @Test
    void remove_everything_findsNothingUntilSomethingIsAdded() {
        try (IvfIndex index = units(2000)) {
            index.remove(IntStream.range(0, 2000).toArray());
            assertThat(index.topK(Clusters.units(1, DIM, 2), 5).size()).isZero();
            index.add(Clusters.units(3000, DIM, 8));
            assertThat(index.recall(Clusters.units(50, DIM, 2), 10)).isGreaterThan(0.95);
        }
    }

    @Test
    void search_whileItemsComeAndGo_isNeverWrong() throws Exception {
        ComingAndGoing.check(DIM, vectors -> IvfIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS));
    }

    @Test
    void change_wrongArgumentsOrClosed_isRefused() {
        IvfIndex index = units(50);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.remove(3, 50))
                .withMessage("items to remove must be in [0, 50), the index's size, got 50");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.add(new float[3]))
                .withMessage("vectors must hold whole rows of dim = 24 floats, got 3 floats");
        assertThat(index.size()).isEqualTo(50);
        index.close();
        assertThatIllegalStateException().isThrownBy(() -> index.add(new float[DIM]));
        assertThatIllegalStateException().isThrownBy(() -> index.remove(1));
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void load_savedIndex_answersTheSameAndGoesOn(Similarity similarity) {
        Path file = folder.resolve("items.index");
        float[] queries = Clusters.vectors(50, DIM, 2);
        float[] added = Clusters.ofManyLengths(30, DIM, 9);
        try (IvfIndex index = IvfIndex.build(Clusters.ofManyLengths(ITEMS, DIM, 1), DIM, similarity, OPTIONS)) {
            index.remove(3, 70);
            index.setProbes(9);
            index.save(file);
            try (IvfIndex loaded = IvfIndex.load(file)) {
                assertThat(loaded).hasToString(index.toString());
                assertThat(loaded.topKBatch(queries, 12, row -> ItemFilter.excluding(row)))
                        .isEqualTo(index.topKBatch(queries, 12, row -> ItemFilter.excluding(row)));
                assertThat(loaded.add(added)).isEqualTo(index.add(added));
                assertThat(loaded.topKBatch(queries, 12, row -> ItemFilter.none()))
                        .isEqualTo(index.topKBatch(queries, 12, row -> ItemFilter.none()));
            }
        }
    }

    @Test
    void load_indexOfAnotherKindOrCutShort_isRefusedByName() throws Exception {
        Path file = folder.resolve("items.index");
        float[] vectors = Clusters.units(100, DIM, 1);
        try (HnswIndex graph = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, HnswOptions.defaults())) {
            graph.save(file);
        }
        assertThatThrownBy(() -> IvfIndex.load(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Index file " + file
                        + " holds no lists: open it as the index that wrote it, or build an IvfIndex from the vectors");
        try (IvfIndex index = units(100)) {
            index.save(file);
        }
        assertThatThrownBy(() -> HnswIndex.load(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("holds no graph");
        try (CompactIndex codes = CompactIndex.load(file)) {
            assertThat(codes.size()).isEqualTo(100);
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 8));
        assertThatThrownBy(() -> IvfIndex.load(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("it was cut short");
        bytes[bytes.length - 4] ^= 1;
        Files.write(file, bytes);
        assertThatThrownBy(() -> IvfIndex.load(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("its listOf is not what was written");
    }

    @Test
    void options_outOfRange_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withLists(-1))
                .withMessage("lists must be at least 0, got -1: 0 chooses by the number of items");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withProbes(0))
                .withMessage("probes must be at least 1, got 0: 32 suits most vectors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withMinRecall(1.1))
                .withMessage("minRecall must be in [0, 1], got 1.1");
    }
}
