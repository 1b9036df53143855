package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.testing.ItemIndexContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CompactIndexTest extends ItemIndexContract {
    private static final int DIM = 24;
    private static final int ITEMS = 9000;

    @TempDir
    private Path folder;

    @Override
    protected ItemIndex create(float[] vectors, int dim, Similarity similarity) {
        return CompactIndex.build(folder.resolve(UUID.randomUUID() + ".index"), vectors, dim, similarity);
    }

    @Override
    protected boolean isExact() {
        return false;
    }

    private Path file() {
        return folder.resolve("items.index");
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void topK_vectorsOfManyLengths_findsNearlyAll(Similarity similarity) {
        float[] vectors = Clusters.ofManyLengths(ITEMS, DIM, 1);
        try (CompactIndex index = CompactIndex.build(file(), vectors, DIM, similarity);
                ExactIndex exact = ExactIndex.of(vectors, DIM, similarity)) {
            float[] queries = Clusters.vectors(100, DIM, 2);
            assertThat(index.recall(queries, 10)).isGreaterThan(0.98);
            assertThat(index.isExhaustive()).isFalse();
            float[] query = Arrays.copyOf(queries, DIM);
            assertThat(index.topK(query, 1).item(0))
                    .isEqualTo(exact.topK(query, 1).item(0));
        }
    }

    @ParameterizedTest
    @EnumSource(Similarity.class)
    void build_inBlocks_givesTheSameFile(Similarity similarity) throws IOException {
        float[] vectors = Clusters.ofManyLengths(ITEMS, DIM, 1);
        List<float[]> blocks = new ArrayList<>();
        for (int from = 0; from < ITEMS; from += 700) {
            blocks.add(Arrays.copyOfRange(vectors, from * DIM, Math.min(ITEMS, from + 700) * DIM));
        }
        Path other = folder.resolve("blocks.index");
        CompactIndex.build(file(), vectors, DIM, similarity).close();
        CompactIndex.build(other, blocks.iterator(), DIM, similarity).close();
        assertThat(other).hasSameBinaryContentAs(file());
    }

    @Test
    @Timeout(10)
    void write_fileIsShorterThanWhatWasWritten_failsInsteadOfWaiting() {
        Path file = folder.resolve("short.index");
        assertThatThrownBy(() -> IndexFile.write(file, to -> to.read(0, ByteBuffer.allocate(8))))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("it was cut short while it was being written");
        assertThat(file).doesNotExist();
    }

    @Test
    void load_changedIndex_answersTheSame() {
        float[] queries = Clusters.vectors(40, DIM, 3);
        Path second = folder.resolve("second.index");
        try (CompactIndex index =
                CompactIndex.build(file(), Clusters.ofManyLengths(ITEMS, DIM, 1), DIM, Similarity.INNER_PRODUCT)) {
            assertThat(index.add(Clusters.ofManyLengths(300, DIM, 4))).isEqualTo(ITEMS);
            index.remove(3, 64, ITEMS + 5);
            index.save(second);
            try (CompactIndex loaded = CompactIndex.load(second)) {
                assertThat(loaded.topKBatch(queries, 12, row -> ItemFilter.excluding(row)))
                        .isEqualTo(index.topKBatch(queries, 12, row -> ItemFilter.excluding(row)));
                assertThat(loaded).hasToString(index.toString());
                assertThat(loaded.numRemoved()).isEqualTo(3);
            }
        }
    }

    @Test
    void addAndRemove_items_areFoundAndNeverAgain() {
        try (CompactIndex index = CompactIndex.build(file(), Clusters.units(500, DIM, 1), DIM, Similarity.COSINE)) {
            float[] query = Clusters.vectors(1, DIM, 2);
            assertThat(index.add(query)).isEqualTo(500);
            assertThat(index.topK(query, 1).item(0)).isEqualTo(500);
            index.remove(500, 500);
            assertThat(index.topK(query, 501).items()).hasSize(500).doesNotContain(500);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.remove(501))
                    .withMessage("items to remove must be in [0, 501), the index's size, got 501");
        }
    }

    @Test
    void build_codesThatTellNothing_looksAtEveryVectorAndSaysSoInTheFile() {
        float[] vectors = Clusters.units(3000, DIM, 1);
        for (int row = 0; row < 3000; row++) {
            vectors[row * DIM] = row == 0 ? 1e6f : 0;
        }
        try (CompactIndex index = CompactIndex.build(file(), vectors, DIM, Similarity.INNER_PRODUCT);
                ExactIndex exact = ExactIndex.of(vectors, DIM);
                CompactIndex loaded = CompactIndex.load(file())) {
            float[] query = Clusters.units(1, DIM, 2);
            int[] expected = exact.topK(query, 20).items();
            assertThat(index.isExhaustive()).isTrue();
            assertThat(index.topK(query, 20).items()).isEqualTo(expected);
            assertThat(loaded.isExhaustive()).isTrue();
            assertThat(loaded.searchWidth()).isEqualTo(1024);
        }
    }

    @Test
    void build_brokenVectors_leavesWhatWasThere() throws IOException {
        CompactIndex.build(file(), new float[] {1, 2}, 1, Similarity.INNER_PRODUCT)
                .close();
        byte[] before = Files.readAllBytes(file());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompactIndex.build(file(), new float[] {Float.NaN}, 1, Similarity.COSINE))
                .withMessageStartingWith("vectors must be finite, got NaN in row 0, column 0");
        assertThat(Files.readAllBytes(file())).isEqualTo(before);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void load_fileOfAnotherKind_isRefusedOrReadByItsCodes() {
        float[] vectors = Clusters.units(500, DIM, 1);
        CompactIndex.build(file(), vectors, DIM, Similarity.INNER_PRODUCT).close();
        assertThatThrownBy(() -> HnswIndex.load(file()))
                .isInstanceOf(ArtifactException.class)
                .hasMessageEndingWith(
                        "holds no graph: open it as a CompactIndex, or build an HnswIndex from the vectors");
        try (HnswIndex graph = HnswIndex.build(vectors, DIM, Similarity.INNER_PRODUCT, HnswOptions.defaults())) {
            graph.save(file());
        }
        try (CompactIndex index = CompactIndex.load(file())) {
            assertThat(index.topK(Arrays.copyOf(vectors, DIM), 1).item(0)).isZero();
        }
    }
}
