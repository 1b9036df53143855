package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IndexFileTest {
    private static final int DIM = 10;
    private static final int ITEMS = 9000;
    private static final HnswOptions OPTIONS = HnswOptions.defaults()
            .withLinks(8)
            .withBuildWidth(30)
            .withSearchWidth(40)
            .withMinRecall(0.5);

    @TempDir
    private Path folder;

    private Path saved() {
        Path file = folder.resolve("items.index");
        try (HnswIndex index =
                HnswIndex.build(Clusters.ofManyLengths(ITEMS, DIM, 1), DIM, Similarity.INNER_PRODUCT, OPTIONS)) {
            index.remove(0, 5, 64);
            index.save(file);
        }
        return file;
    }

    @Test
    void load_savedIndex_answersTheSame() {
        float[] queries = Clusters.vectors(50, DIM, 2);
        Path file = folder.resolve("items.index");
        try (HnswIndex index =
                HnswIndex.build(Clusters.ofManyLengths(ITEMS, DIM, 1), DIM, Similarity.COSINE, OPTIONS)) {
            index.remove(3);
            index.setSearchWidth(55);
            index.save(file);
            try (HnswIndex loaded = HnswIndex.load(file)) {
                assertThat(loaded.topKBatch(queries, 12, row -> ItemFilter.excluding(row)))
                        .isEqualTo(index.topKBatch(queries, 12, row -> ItemFilter.excluding(row)));
                assertThat(loaded).hasToString(index.toString());
                assertThat(loaded.similarity()).isEqualTo(Similarity.COSINE);
            }
        }
        assertThat(leftOver()).containsExactly("items.index");
    }

    private List<String> leftOver() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void load_savedIndex_goesOnAsTheOriginal() {
        Path file = saved();
        float[] added = Clusters.ofManyLengths(300, DIM, 4);
        Path second = folder.resolve("second.index");
        try (HnswIndex original =
                        HnswIndex.build(Clusters.ofManyLengths(ITEMS, DIM, 1), DIM, Similarity.INNER_PRODUCT, OPTIONS);
                HnswIndex loaded = HnswIndex.load(file)) {
            original.remove(0, 5, 64);
            assertThat(loaded.add(added)).isEqualTo(original.add(added));
            float[] queries = Clusters.vectors(50, DIM, 2);
            assertThat(loaded.topKBatch(queries, 12, row -> ItemFilter.none()))
                    .isEqualTo(original.topKBatch(queries, 12, row -> ItemFilter.none()));
            loaded.save(second);
            try (HnswIndex again = HnswIndex.load(second)) {
                assertThat(again.topKBatch(queries, 12, row -> ItemFilter.none()))
                        .isEqualTo(loaded.topKBatch(queries, 12, row -> ItemFilter.none()));
                assertThat(again.numRemoved()).isEqualTo(3);
            }
        }
    }

    @ParameterizedTest(name = "cut to {0} bytes")
    @ValueSource(ints = {0, 7, 30, 4095, 4096, 100_000, -1})
    void load_fileCutShort_isRefusedByName(int length) throws IOException {
        Path file = saved();
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, length < 0 ? bytes.length + length : length));
        assertThatThrownBy(() -> HnswIndex.load(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(file.toString())
                .hasMessageMatching(".*(it was cut short|does not begin like an index).*");
    }

    @Test
    void load_anyByteAltered_isRefusedByName() throws IOException {
        Path file = saved();
        byte[] bytes = Files.readAllBytes(file);
        int header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(12);
        int[] places = {
            3, 13, 17, 24, 24 + header - 1, 4096, 4096 + 4 * DIM * ITEMS - 1, bytes.length / 2, bytes.length - 1
        };
        for (int place : places) {
            byte[] altered = bytes.clone();
            altered[place] ^= 4;
            Files.write(file, altered);
            assertThatThrownBy(() -> HnswIndex.load(file))
                    .as("byte %s", place)
                    .isInstanceOf(ArtifactException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.write(file, bytes);
        HnswIndex.load(file).close();
    }

    @Test
    void load_otherVersion_isRefusedWithBoth() throws IOException {
        Path file = saved();
        byte[] bytes = Files.readAllBytes(file);
        bytes[8] = 3;
        Files.write(file, bytes);
        assertThatThrownBy(() -> HnswIndex.load(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Index file " + file + " has format version 3, this library reads 2: open it with the"
                        + " library that wrote it, or build it anew");
    }

    @Test
    void load_noFile_isRefusedByName() {
        Path file = folder.resolve("none.index");
        assertThatThrownBy(() -> HnswIndex.load(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith("Index file " + file + " cannot be read: ");
    }

    @Test
    void save_folderThatIsNotThere_leavesNothing() {
        Path file = folder.resolve("nowhere").resolve("items.index");
        try (HnswIndex index = HnswIndex.build(new float[] {1, 2}, 1, Similarity.INNER_PRODUCT, OPTIONS)) {
            assertThatThrownBy(() -> index.save(file))
                    .isInstanceOf(ArtifactException.class)
                    .hasMessageStartingWith("Index file " + file + " could not be written: ");
        }
        assertThat(leftOver()).isEmpty();
    }

    @Test
    void save_overTheFileThatIsMapped_doesNotDisturbSearches() {
        Path file = saved();
        float[] query = Clusters.vectors(1, DIM, 2);
        try (HnswIndex loaded = HnswIndex.load(file)) {
            RankedItems before = loaded.topK(query, 10);
            try (HnswIndex other =
                    HnswIndex.build(Clusters.units(100, DIM, 9), DIM, Similarity.INNER_PRODUCT, OPTIONS)) {
                other.save(file);
            }
            assertThat(loaded.topK(query, 10)).isEqualTo(before);
        }
    }
}
