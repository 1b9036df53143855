package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.testing.ItemIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AutoIndexTest extends ItemIndexContract {
    private static final int DIM = 16;
    private static final int BYTES = 2000 * DIM * 4;
    private static final AutoIndexOptions OPTIONS = AutoIndexOptions.defaults();

    private final float[] vectors = Clusters.units(2000, DIM, 1);

    @TempDir
    private Path folder;

    @Override
    protected ItemIndex create(float[] rows, int dim, Similarity similarity) {
        return ItemIndex.auto(rows, dim, similarity);
    }

    private AutoIndex choose(AutoIndexOptions options) {
        return AutoIndex.of(vectors, DIM, Similarity.COSINE, options);
    }

    @Test
    void of_vectorsOfFewBytes_isExact() {
        try (AutoIndex index = choose(OPTIONS.withExactBytes(BYTES))) {
            assertThat(index.chosen()).isInstanceOf(ExactIndex.class);
            assertThat(index.reason())
                    .isEqualTo(
                            "2000 vectors take 0.1 MiB, at most exactBytes = 0.1 MiB: an exact search is fast enough");
            assertThat(index.similarity()).isEqualTo(Similarity.COSINE);
        }
    }

    @Test
    void of_vectorsThatFitMemory_isAGraph() {
        try (AutoIndex index = choose(OPTIONS.withExactBytes(BYTES - 1))) {
            assertThat(index.chosen()).isInstanceOf(HnswIndex.class);
            assertThat(index.reason())
                    .startsWith(
                            "2000 vectors take 0.1 MiB, more than exactBytes = 0.1 MiB, and 0.4 MiB with codes and links");
            assertThat(index).asString().contains("HnswIndex[2000 items", "because 2000 vectors");
        }
    }

    @Test
    void of_vectorsThatOutgrowMemory_areCompactWhereThereIsAFile() {
        AutoIndexOptions options = OPTIONS.withExactBytes(0).withMemoryBytes(BYTES);
        Path file = folder.resolve("items.index");
        try (AutoIndex index = choose(options.withFile(file));
                AutoIndex homeless = choose(options)) {
            assertThat(index.chosen()).isInstanceOf(CompactIndex.class);
            assertThat(index.reason()).endsWith("codes stay in memory, vectors in " + file);
            assertThat(homeless.chosen()).isInstanceOf(ExactIndex.class);
            assertThat(homeless.reason()).contains("no file was named for a compact index");
        }
    }

    @Test
    void of_graphThatFindsTooLittle_isExactAndSaysSo() {
        for (int row = 0; row < 2000; row++) {
            vectors[row * DIM] = row == 0 ? 1e6f : 0;
        }
        AutoIndexOptions options = OPTIONS.withExactBytes(0);
        try (AutoIndex index = AutoIndex.of(vectors, DIM, Similarity.INNER_PRODUCT, options)) {
            assertThat(index.chosen()).isInstanceOf(ExactIndex.class);
            assertThat(index.reason()).startsWith("a graph found less than minRecall = 0.95");
        }
    }

    @Test
    void options_negativeLimits_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withExactBytes(-1))
                .withMessage("exactBytes must be at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withMemoryBytes(-1))
                .withMessage("memoryBytes must be at least 0, got -1");
    }
}
