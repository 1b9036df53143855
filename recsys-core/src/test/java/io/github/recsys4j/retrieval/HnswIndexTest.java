package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.testing.ItemIndexContract;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HnswIndexTest extends ItemIndexContract {
    private static final int DIM = 24;
    private static final int ITEMS = 8000;
    private static final HnswOptions OPTIONS = HnswOptions.defaults()
            .withLinks(12)
            .withBuildWidth(80)
            .withSearchWidth(48)
            .withSeed(5);

    @Override
    protected ItemIndex create(float[] vectors, int dim, Similarity similarity) {
        return HnswIndex.build(vectors, dim, similarity, OPTIONS);
    }

    @Override
    protected boolean isExact() {
        return false;
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void topK_clusteredVectorsOfOneLength_findsNearlyAll(Similarity similarity) {
        try (HnswIndex index = HnswIndex.build(Clusters.units(ITEMS, DIM, 1), DIM, similarity, OPTIONS)) {
            assertThat(index.recall(Clusters.units(200, DIM, 2), 10)).isGreaterThan(0.97);
            assertThat(index.isExhaustive()).isFalse();
        }
    }

    @Test
    void topK_vectorsOfManyLengths_findsTheInnerProductsNearlyAll() {
        float[] vectors = Clusters.ofManyLengths(ITEMS, DIM, 1);
        try (HnswIndex index = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS)) {
            assertThat(index.items().codes().lift()).isPresent();
            assertThat(index.recall(Clusters.units(200, DIM, 2), 10)).isGreaterThan(0.95);
            assertThat(index.recall(Clusters.normal(200 * DIM, 1, 3), 10)).isGreaterThan(0.95);
        }
    }

    @Test
    void topK_cosine_equalsExactSearchOfUnitVectors() {
        float[] vectors = Clusters.ofManyLengths(900, DIM, 1);
        float[] query = Clusters.normal(DIM, 3, 4);
        try (HnswIndex index = HnswIndex.build(vectors, DIM, Similarity.COSINE, OPTIONS);
                ExactIndex exact = ExactIndex.of(Dots.unit(vectors, DIM), DIM)) {
            RankedItems expected = exact.topK(Dots.unit(query, DIM), 900);
            RankedItems found = index.topK(query, 900);
            assertThat(found.items()).isEqualTo(expected.items());
            assertThat(found.score(0)).isBetween(-1f, 1f).isCloseTo(expected.score(0), within(1e-6f));
        }
    }

    private static org.assertj.core.data.Offset<Float> within(float tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance);
    }

    @ParameterizedTest(name = "every {0}th item passes")
    @ValueSource(ints = {1, 2, 5, 20, 100, 1000})
    void topK_filterOfAnySelectivity_findsNearlyAllThatPass(int every) {
        float[] vectors = Clusters.units(ITEMS, DIM, 1);
        try (HnswIndex index = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS)) {
            assertThat(FilteredRecall.of(index, vectors, every)).isGreaterThan(0.97);
        }
    }

    @Test
    void build_anyNumberOfThreads_givesTheSameGraph() throws Exception {
        float[] vectors = Clusters.units(3000, DIM, 1);
        int[][] bases = new int[2][];
        for (int run = 0; run < 2; run++) {
            ForkJoinPool pool = new ForkJoinPool(run == 0 ? 1 : 5);
            try (HnswIndex index = pool.submit(() -> HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS))
                    .get()) {
                bases[run] = index.items().graph().orElseThrow().base();
            } finally {
                pool.shutdown();
            }
        }
        assertThat(bases[1]).isEqualTo(bases[0]);
    }

    @Test
    void build_otherSeed_givesAnotherGraph() {
        float[] vectors = Clusters.units(3000, DIM, 1);
        try (HnswIndex one = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS);
                HnswIndex other = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS.withSeed(6))) {
            assertThat(one.items().graph().orElseThrow().base())
                    .isNotEqualTo(other.items().graph().orElseThrow().base());
        }
    }

    @Test
    void build_tooFewFound_looksAtEveryVector() {
        float[] vectors = Clusters.units(ITEMS, DIM, 1);
        for (int row = 0; row < ITEMS; row++) {
            vectors[row * DIM] = row == 0 ? 1e6f : 0;
        }
        try (HnswIndex index = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, OPTIONS);
                ExactIndex exact = ExactIndex.of(vectors, DIM)) {
            assertThat(index.isExhaustive()).isTrue();
            float[] query = Clusters.units(1, DIM, 2);
            assertThat(index.topK(query, 20).items())
                    .isEqualTo(exact.topK(query, 20).items());
            assertThat(index).hasToString(index.toString()).asString().contains("looking at every vector");
        }
    }

    @Test
    void setSearchWidth_wider_findsMore() {
        try (HnswIndex index = HnswIndex.build(
                Clusters.units(ITEMS, DIM, 1), DIM, Similarity.INNER_PRODUCT, OPTIONS.withMinRecall(0))) {
            float[] queries = Clusters.units(200, DIM, 2);
            index.setSearchWidth(10);
            double narrow = index.recall(queries, 10);
            index.setSearchWidth(200);
            assertThat(index.recall(queries, 10)).isGreaterThan(narrow);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.setSearchWidth(0))
                    .withMessage("searchWidth must be at least 1, got 0");
        }
    }

    @Test
    void options_outOfRange_sayWhatIsAllowed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withLinks(3))
                .withMessage("links must be in [4, 128], got 3: 16 suits most vectors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withBuildWidth(2))
                .withMessage("buildWidth must be at least links = 12, got 2: 200 suits most vectors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withSearchWidth(0))
                .withMessage("searchWidth must be at least 1, got 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withMinRecall(1.1))
                .withMessage("minRecall must be in [0, 1], got 1.1");
    }
}
