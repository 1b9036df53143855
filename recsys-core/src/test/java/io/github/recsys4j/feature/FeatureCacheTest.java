package io.github.recsys4j.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.EncodingException;
import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.NpyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCacheTest {
    private static final int DIM = 8;

    @TempDir
    private Path folder;

    private final ToyText encoder = new ToyText("toy", DIM);

    private FeatureCache cache(int memoryItems) {
        return FeatureCache.builder()
                .directory(folder)
                .text(encoder)
                .memoryItems(memoryItems)
                .build();
    }

    private CacheStats stats(FeatureCache cache) {
        return Optional.ofNullable(cache.stats().get(Modality.TEXT)).orElseThrow();
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "text " + i).toList();
    }

    private static float[] expected(List<String> texts) {
        return new ToyText("toy", DIM).encode(texts);
    }

    private Path file(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void flip(Path file, long at) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, at);
            one.put(0, (byte) (one.get(0) ^ 4));
            channel.write(one.flip(), at);
        }
    }

    @ParameterizedTest(name = "{0} vectors in memory")
    @ValueSource(ints = {0, 1, 7, 1000})
    void encode_sameTextsAgain_encodesEachOnce(int memoryItems) {
        FeatureCache cache = cache(memoryItems);
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            List<String> some =
                    random.ints(20, 0, 100).mapToObj(i -> "text " + i).toList();
            assertThat(cache.text().encode(some)).isEqualTo(expected(some));
        }
        assertThat(encoder.encoded.get()).isLessThanOrEqualTo(100);
        assertThat(stats(cache).memoryVectors()).isEqualTo(Math.min(memoryItems, encoder.encoded.get()));
        assertThat(stats(cache).diskVectors()).isEqualTo(encoder.encoded.get());
        assertThat(stats(cache).hitRate()).isGreaterThan(0.8);
    }

    @Test
    void encode_memoryOnly_keepsWhatWasUsedLast() {
        FeatureCache cache = FeatureCache.builder().text(encoder).memoryItems(3).build();
        cache.text().encode(texts(0, 3));
        cache.text().encode(List.of("text 0"));
        cache.text().encode(List.of("text 3"));
        assertThat(encoder.encoded).hasValue(4);
        cache.text().encode(List.of("text 0", "text 2", "text 3"));
        assertThat(encoder.encoded).hasValue(4);
        cache.text().encode(List.of("text 1"));
        assertThat(encoder.encoded).hasValue(5);
        assertThat(cache.list()).isEmpty();
    }

    @Test
    void encode_memoryBytes_boundTheVectors() {
        FeatureCache cache = FeatureCache.builder()
                .text(encoder)
                .memoryBytes(10L * (DIM * Float.BYTES + MemoryVectors.OVERHEAD))
                .build();
        cache.text().encode(texts(0, 100));
        assertThat(stats(cache).memoryVectors()).isEqualTo(10);
    }

    @Test
    void encode_repeatedInOneList_encodesOnce() {
        List<String> twice = List.of("a", "b", "a", "a", "b", "c");
        assertThat(cache(100).text().encode(twice)).isEqualTo(expected(twice));
        assertThat(encoder.encoded).hasValue(3);
    }

    @Test
    void encode_afterReopening_readsFromDisk() {
        cache(10).text().encode(texts(0, 5000));
        FeatureCache reopened = cache(10);
        assertThat(reopened.text().encode(texts(0, 5000))).isEqualTo(expected(texts(0, 5000)));
        assertThat(encoder.encoded).hasValue(5000);
        assertThat(stats(reopened).diskHits()).isEqualTo(5000);
    }

    @Test
    void encode_moreThanOneSegment_readsAllOfThem() {
        ToyText wide = new ToyText("wide", 1 << 21);
        FeatureCache cache = FeatureCache.builder()
                .directory(folder)
                .text(wide)
                .memoryItems(0)
                .build();
        List<String> texts = texts(0, 20);
        for (String text : texts) {
            cache.text().encode(List.of(text));
        }
        cache.text().encode(texts.subList(3, 9));
        assertThat(wide.encoded).hasValue(20);
        assertThat(cache.list().get(0).vectors()).isEqualTo(20);
        assertThat(cache.text().encode(List.of("text 19"))).isEqualTo(ToyText.vector("text 19", 1 << 21));
    }

    @Test
    void encode_anotherEncoder_hasAFolderOfItsOwn() {
        cache(10).text().encode(texts(0, 3));
        ToyText another = new ToyText("another", 2 * DIM);
        FeatureCache second =
                FeatureCache.builder().directory(folder).text(another).build();
        assertThat(second.text().encode(texts(0, 3))).hasSize(3 * 2 * DIM);
        assertThat(another.encoded).hasValue(3);
        assertThat(FeatureCache.list(folder))
                .extracting(found -> found.encoder().id())
                .containsExactly("another", "toy");
    }

    @Test
    void build_folderOfAnotherEncoder_namesBoth() throws IOException {
        cache(10);
        Path manifest = file("encoder.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"dim\" : 8", "\"dim\" : 512"));
        assertThatThrownBy(() -> cache(10))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith("Feature cache " + manifest.getParent() + " holds toy@")
                .hasMessageContaining("(TEXT, 512 floats), but encoder toy@")
                .hasMessageContaining("(TEXT, 8 floats) was given")
                .hasMessageEndingWith("Delete that folder, or choose another with directory(path).");
        Files.writeString(manifest, "{\"format\": 7}");
        assertThatThrownBy(() -> cache(10)).hasMessageContaining("has format 7, expected 1");
        Files.writeString(manifest, "{\"format\": 1, \"dim");
        assertThatThrownBy(() -> cache(10))
                .isInstanceOf(ArtifactException.class)
                .hasMessageStartingWith(manifest + " is damaged: ");
    }

    @ParameterizedTest(name = "byte {1} of {0}")
    @CsvSource({".npy,128", ".npy,200", ".npy,3327", ".index,0", ".index,35", ".index,39", ".index,3999"})
    void encode_flippedByte_computesThatVectorAgain(String ending, long at) throws IOException {
        cache(0).text().encode(texts(0, 100));
        flip(file(ending), at);
        FeatureCache reopened = cache(0);
        assertThat(reopened.text().encode(texts(0, 100))).isEqualTo(expected(texts(0, 100)));
        assertThat(encoder.encoded).hasValue(101);
        assertThat(stats(reopened).damaged()).isEqualTo(1);
        FeatureCache healed = cache(0);
        assertThat(healed.text().encode(texts(0, 100))).isEqualTo(expected(texts(0, 100)));
        assertThat(encoder.encoded).hasValue(101);
    }

    @Test
    void encode_flippedByteWhileOpen_isNoticedAtTheNextRead() throws IOException {
        FeatureCache cache = cache(0);
        cache.text().encode(texts(0, 10));
        cache.text().encode(texts(0, 10));
        flip(file(".npy"), 128 + DIM * Float.BYTES * 4 + 1);
        assertThat(cache.text().encode(texts(0, 10))).isEqualTo(expected(texts(0, 10)));
        assertThat(encoder.encoded).hasValue(11);
        assertThat(stats(cache).damaged()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} cut to {1} bytes keeps {2} vectors")
    @CsvSource({".npy,150,0", ".npy,1728,50", ".index,2003,50", ".index,0,0"})
    void encode_fileCutOff_computesTheRestAgain(String ending, long size, int kept) throws IOException {
        cache(0).text().encode(texts(0, 100));
        try (FileChannel channel = FileChannel.open(file(ending), StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
        assertThat(cache(0).text().encode(texts(0, 100))).isEqualTo(expected(texts(0, 100)));
        assertThat(encoder.encoded).hasValue(200 - kept);
        assertThat(cache(0).text().encode(texts(0, 100))).isEqualTo(expected(texts(0, 100)));
        assertThat(encoder.encoded).hasValue(200 - kept);
    }

    @Test
    void encode_storedVectors_areNumPyFiles() throws IOException {
        cache(10).text().encode(texts(0, 3));
        cache(10).text().encode(texts(0, 7));
        NpyFile stored = NpyFile.read(file(".npy"));
        assertThat(stored.shape()).containsExactly(7, DIM);
        assertThat(stored.floats()).isEqualTo(FloatBuffer.wrap(expected(texts(0, 7))));
    }

    @Test
    void encode_brokenInput_namesThePositionInTheCallersList() {
        FeatureCache cache = cache(10);
        cache.text().encode(texts(0, 3));
        List<String> contents = new ArrayList<>(texts(0, 5));
        contents.add("broken");
        EncodingException thrown =
                catchThrowableOfType(EncodingException.class, () -> cache.text().encode(contents));
        assertThat(thrown).hasMessage("input 5 of the list: this text is broken");
        assertThat(thrown.position()).isEqualTo(5);
    }

    @Test
    void encode_encoderGivesWrongNumbers_storesNothing() {
        TextEncoder wrong = new TextEncoder() {
            @Override
            public EncoderInfo info() {
                return encoder.info();
            }

            @Override
            public float[] encode(List<? extends String> inputs) {
                return inputs.contains("nan") ? new float[] {1, 2, 3, 4, 5, 6, 7, Float.NaN} : new float[3];
            }

            @Override
            public void close() {}
        };
        FeatureCache cache =
                FeatureCache.builder().directory(folder).text(wrong).build();
        assertThatThrownBy(() -> cache.text().encode(List.of("a")))
                .hasMessage("encoder toy must give 8 floats for each of 1 inputs, got 3 floats in all: the encoder is"
                        + " at fault");
        assertThatThrownBy(() -> cache.text().encode(List.of("nan")))
                .hasMessage(
                        "encoder toy must give finite floats, got NaN: the encoder is at fault, nothing was stored");
        assertThat(stats(cache).diskVectors()).isZero();
    }

    @Test
    void clear_thenEncode_startsAnew() {
        FeatureCache cache = cache(10);
        FeatureCache other = cache(10);
        cache.text().encode(texts(0, 20));
        other.text().encode(texts(0, 20));
        cache.clear();
        assertThat(stats(cache).diskVectors()).isZero();
        assertThat(FeatureCache.list(folder).get(0).vectors()).isZero();
        assertThat(other.text().encode(texts(0, 30))).isEqualTo(expected(texts(0, 30)));
        assertThat(cache.text().encode(texts(20, 30))).isEqualTo(expected(texts(20, 30)));
        assertThat(FeatureCache.list(folder).get(0).vectors()).isBetween(10L, 30L);
        FeatureCache.clear(FeatureCache.list(folder).get(0));
        assertThat(FeatureCache.list(folder).get(0).vectors()).isZero();
    }

    @Test
    void close_ofTheCachedEncoder_leavesTheEncoderOpen() {
        FeatureCache cache = cache(10);
        cache.text().close();
        assertThat(encoder.closed).hasValue(0);
        assertThat(cache.text().info()).isEqualTo(encoder.info());
        assertThatThrownBy(cache::image)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the cache was built without image(encoder): give it one");
    }

    @Test
    void build_wrongSettings_saysWhatIsExpected() {
        assertThatThrownBy(() -> FeatureCache.builder().build())
                .hasMessage("image(encoder), text(encoder) or audio(encoder) must be called before build()");
        assertThatThrownBy(() -> FeatureCache.builder().memoryBytes(-1))
                .hasMessage("memoryBytes must be at least 0, got -1");
        assertThatThrownBy(() -> FeatureCache.builder().memoryItems(-1))
                .hasMessage("memoryItems must be at least 0, got -1");
    }

    @Test
    void precompute_stoppedRun_isTakenUp() {
        List<String> texts = texts(0, 5000);
        assertThatThrownBy(() -> cache(10).precomputeTexts(texts, progress -> {
                    throw new IllegalStateException("stop after " + progress.done());
                }))
                .hasMessage("stop after 2048");
        List<ProgressListener.Progress> heard = new ArrayList<>();
        PrecomputeReport report = cache(10).precomputeTexts(texts, heard::add);
        assertThat(report).isEqualTo(new PrecomputeReport(5000, 5000 - 2048, 0, List.of()));
        assertThat(encoder.encoded).hasValue(5000);
        assertThat(heard.get(heard.size() - 1).done()).isEqualTo(5000);
        assertThat(heard.get(0).stage()).isEqualTo("precompute text");
        assertThat(heard.get(0).total()).isEqualTo(5000);
    }

    @Test
    void precompute_brokenContents_areCountedAndLeftOut() {
        List<String> texts = new ArrayList<>(texts(0, 50));
        texts.add(0, "broken");
        texts.add(20, "broken");
        texts.add("broken");
        PrecomputeReport report = cache(10).precomputeTexts(texts, ProgressListener.none());
        assertThat(report.broken()).isEqualTo(3);
        assertThat(report.encoded()).isEqualTo(50);
        assertThat(report.examples()).hasSize(3).allMatch("broken: this text is broken"::equals);
        assertThat(report).hasToString("53 contents: 50 encoded, 0 known, 3 broken");
    }

    @ParameterizedTest(name = "{0} vectors in memory")
    @ValueSource(ints = {0, 1000})
    void stats_brokenContentsAmongOthers_countEachLookUpOnce(int memoryItems) {
        FeatureCache cache = cache(memoryItems);
        cache.text().encode(texts(0, 40));
        List<String> texts = new ArrayList<>(texts(0, 50));
        texts.add(0, "broken");
        texts.add(20, "broken");
        texts.add(45, "broken");
        texts.add("text 49");
        PrecomputeReport report = cache.precomputeTexts(texts, ProgressListener.none());
        assertThat(report.broken()).isEqualTo(3);
        assertThat(encoder.encoded).hasValue(50);
        CacheStats stats = stats(cache);
        assertThat(stats.encoded()).isEqualTo(50);
        assertThat(stats.memoryHits()).isEqualTo(memoryItems == 0 ? 0 : 40);
        assertThat(stats.diskHits()).isEqualTo(memoryItems == 0 ? 40 : 0);
    }
}
