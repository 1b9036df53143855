package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.EncodingException;
import io.github.recsys4j.data.NpyFile;
import io.github.recsys4j.feature.Encoder;
import io.github.recsys4j.testing.RealData;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The encoders that need no download, on inputs whose answer is obvious. */
class BuiltInEncodersTest {
    private static byte[] picture(Color ground, Color stripe, boolean upright) throws IOException {
        BufferedImage image = new BufferedImage(120, 80, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(ground);
        graphics.fillRect(0, 0, 120, 80);
        graphics.setColor(stripe);
        for (int at = 0; at < 120; at += 20) {
            graphics.fillRect(upright ? at : 0, upright ? 0 : at, upright ? 10 : 120, upright ? 80 : 10);
        }
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static double[] similarities(float[] vectors, int dim) {
        int rows = vectors.length / dim;
        double[] similarities = new double[rows];
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < dim; i++) {
                similarities[row] += (double) vectors[i] * vectors[row * dim + i];
            }
        }
        return similarities;
    }

    private static <T> double[] similarities(Encoder<T> encoder, List<T> inputs) {
        return similarities(encoder.encode(inputs), encoder.info().dim());
    }

    @Test
    void image_sameColourOrSameStripes_isCloserThanNeither() throws IOException {
        try (ImageDescriptor encoder = ImageDescriptor.create()) {
            double[] close = similarities(
                    encoder,
                    List.of(
                            picture(Color.RED, Color.YELLOW, true),
                            picture(Color.RED, Color.YELLOW, true),
                            picture(Color.RED, Color.YELLOW, false),
                            picture(Color.BLUE, Color.CYAN, true),
                            picture(Color.BLUE, Color.CYAN, false)));
            assertThat(close[0]).isBetween(0.999, 1.001);
            assertThat(close[1]).isEqualTo(close[0]);
            assertThat(close[2]).isGreaterThan(close[4] + 0.1);
            assertThat(close[3]).isGreaterThan(close[4] + 0.1);
        }
    }

    @Test
    void image_plainColour_isFinite() throws IOException {
        try (ImageDescriptor encoder = ImageDescriptor.create()) {
            float[] vector = encoder.encode(List.of(picture(Color.GRAY, Color.GRAY, true)));
            assertThat(vector).hasSize(240);
            for (float value : vector) {
                assertThat(value).isFinite();
            }
            assertThatThrownBy(() -> encoder.encode(List.of(picture(Color.RED, Color.RED, true), new byte[0])))
                    .isInstanceOfSatisfying(
                            EncodingException.class,
                            e -> assertThat(e.position()).isEqualTo(1))
                    .hasMessage("Input 1 cannot be encoded: the image file is empty");
        }
    }

    @Test
    void text_sharedAndMisspeltWords_areCloserThanOthers() {
        try (HashedTextEncoder encoder = HashedTextEncoder.create(1024)) {
            double[] close = similarities(
                    encoder,
                    List.of("Toy Story 2 (1999)", "toy story, 2!", "Toys Stories", "The Shawshank Redemption"));
            assertThat(close[0]).isBetween(0.999, 1.001);
            assertThat(close[1]).isGreaterThan(0.6);
            assertThat(close[2]).isGreaterThan(close[3] + 0.1);
            assertThat(close[3]).isLessThan(0.3);
        }
    }

    @Test
    void text_rareWords_countMoreAfterFitting() {
        List<String> corpus = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            corpus.add("a film about a man number" + i);
        }
        List<String> texts = List.of("a film about a walrus", "a film about a dog", "walrus feeding");
        try (HashedTextEncoder plain = HashedTextEncoder.create(512);
                HashedTextEncoder fitted = HashedTextEncoder.fit(corpus, 512)) {
            double[] before = similarities(plain, texts);
            double[] after = similarities(fitted, texts);
            assertThat(after[2] - after[1]).isGreaterThan(before[2] - before[1] + 0.2);
        }
    }

    @Test
    void text_anyText_isFiniteAndEmptyIsZero() {
        try (HashedTextEncoder encoder = HashedTextEncoder.create(64)) {
            assertThat(encoder.encode(List.of("", " !? "))).containsOnly(0f).hasSize(128);
            assertThat(encoder.encode(List.of("\ud800 日本語 emoji \ud83d\ude00 film")))
                    .doesNotContain(Float.NaN);
        }
        assertThatThrownBy(() -> HashedTextEncoder.create(4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("dim must be 8 to 4096, got 4");
    }

    @Test
    void text_savedAndLoaded_isTheSame(@TempDir Path folder) {
        Path file = folder.resolve("idf.npy");
        try (HashedTextEncoder fitted = HashedTextEncoder.fit(List.of("one two", "two three"), 128)) {
            fitted.save(file);
            try (HashedTextEncoder loaded = HashedTextEncoder.load(file, 128)) {
                assertThat(loaded.info()).isEqualTo(fitted.info());
                assertThat(loaded.encode(List.of("two"))).isEqualTo(fitted.encode(List.of("two")));
                assertThat(loaded.info().fingerprint())
                        .isNotEqualTo(HashedTextEncoder.create(128).info().fingerprint());
            }
        }
        NpyFile.write(file, FloatBuffer.allocate(3), List.of(3));
        assertThatThrownBy(() -> HashedTextEncoder.load(file, 128))
                .isInstanceOf(ArtifactException.class)
                .hasMessageEndingWith("have shape [3], expected [262144]: HashedTextEncoder.save writes such a file");
    }

    @Test
    void audio_samePitch_isCloserThanAnother() {
        try (LogMelEncoder encoder = LogMelEncoder.create()) {
            double[] close = similarities(
                    encoder,
                    List.of(
                            Sounds.floatWav(Sounds.tone(16_000, 440, 16_000), 16_000),
                            Sounds.floatWav(Sounds.tone(44_100, 440, 44_100), 44_100),
                            Sounds.floatWav(Sounds.tone(16_000, 3000, 16_000), 16_000)));
            assertThat(close[1]).isGreaterThan(close[2] + 0.2);
            assertThat(encoder.encode(List.of(Sounds.floatWav(new float[10], 8_000))))
                    .doesNotContain(Float.NaN);
        }
    }

    /** 30 clips of 10 classes: the nearest other clip is of the same class far more often than by chance (6.9 %). */
    @Test
    void audio_environmentalSounds_findTheirClass() throws IOException {
        List<byte[]> clips = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(RealData.path("audio-esc10"))) {
            files.filter(file -> file.toString().endsWith(".wav")).sorted().forEach(file -> {
                clips.add(Fixtures.bytes(file));
                classes.add(String.valueOf(file.getParent()));
            });
        }
        try (LogMelEncoder encoder = LogMelEncoder.create()) {
            float[] vectors = encoder.encode(clips);
            int right = 0;
            for (int clip = 0; clip < clips.size(); clip++) {
                right += classes.get(nearest(vectors, clip, encoder.info().dim()))
                                .equals(classes.get(clip))
                        ? 1
                        : 0;
            }
            assertThat(right).isGreaterThanOrEqualTo(18);
        }
    }

    private static int nearest(float[] vectors, int clip, int dim) {
        int best = -1;
        double closest = Double.NEGATIVE_INFINITY;
        for (int other = 0; other < vectors.length / dim; other++) {
            double dot = 0;
            for (int i = 0; i < dim; i++) {
                dot += vectors[clip * dim + i] * vectors[other * dim + i];
            }
            if (other != clip && dot > closest) {
                closest = dot;
                best = other;
            }
        }
        return best;
    }
}
