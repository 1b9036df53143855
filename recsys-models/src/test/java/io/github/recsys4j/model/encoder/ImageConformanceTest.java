package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.testing.RealData;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding, resizing and normalising beside what Pillow 12.3 made of the same files. */
class ImageConformanceTest {
    private static final Set<String> UNSUPPORTED = Set.of("balloon.jpf", "hopper.ppm", "hopper_16bit.pgm");
    private static final double WEBP_MEAN = 0.15;
    private static final Pattern RESIZED = Pattern.compile("(.+)\\.([a-z]+)\\.(\\d+)x(\\d+)\\.png");
    private static final List<Double> CLIP_MEAN = List.of(0.48145466, 0.4578275, 0.40821073);
    private static final List<Double> CLIP_DEVIATION = List.of(0.26862954, 0.26130258, 0.27577711);
    private static final List<Double> IMAGENET_MEAN = List.of(0.485, 0.456, 0.406);
    private static final List<Double> IMAGENET_DEVIATION = List.of(0.229, 0.224, 0.225);

    /**
     * Every lossless file, and every JPEG, is equal in each byte: the JDK's decoder and Pillow's are of one family. The
     * WebP decoder rounds some pixels of lossy frames otherwise than libwebp, so there the mean of each channel is compared.
     */
    @Test
    void decode_everyFixture_isPillowsImage() throws Exception {
        Path folder = RealData.path("fixtures", "image");
        int exact = 0;
        for (JsonNode file : Fixtures.json(folder.resolve("expected.json")).get("files")) {
            String name = file.get("file").asText();
            if (UNSUPPORTED.contains(name) || !file.get("decode").asText().equals("ok")) {
                continue;
            }
            Pixels pixels =
                    ImageDecoder.decode(Fixtures.bytes(folder.resolve("src").resolve(name)));
            assertThat(List.of(pixels.width(), pixels.height()))
                    .as(name)
                    .isEqualTo(List.of(
                            file.at("/rgb_size/0").asInt(),
                            file.at("/rgb_size/1").asInt()));
            if (name.endsWith(".webp")) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat(mean(pixels, channel))
                            .as(name)
                            .isCloseTo(file.at("/rgb_mean/" + channel).asDouble(), within(WEBP_MEAN));
                }
            } else {
                assertThat(sha256(pixels))
                        .as(name)
                        .isEqualTo(file.get("rgb_sha256").asText());
                exact++;
            }
        }
        assertThat(exact).isEqualTo(48);
    }

    private static String sha256(Pixels pixels) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(pixels.rgb()));
    }

    private static double mean(Pixels pixels, int channel) {
        long sum = 0;
        for (int i = channel; i < pixels.rgb().length; i += 3) {
            sum += pixels.rgb()[i] & 0xff;
        }
        return sum / (pixels.width() * (double) pixels.height());
    }

    @ParameterizedTest
    @CsvSource({
        "balloon.jpf, the image is JPEG 2000",
        "hopper.ppm, the image is Netpbm",
        "hopper_16bit.pgm, the image is Netpbm",
        "broken.png, the PNG image is damaged: ",
        "zero_width.gif, the image has 0 x 1321 pixels; 1 to 100000000 can be read"
    })
    void decode_whatCannotBeRead_saysWhatItIs(String name, String message) {
        byte[] file = Fixtures.bytes("fixtures", "image", "src", name);
        assertThatThrownBy(() -> ImageDecoder.decode(file))
                .isInstanceOf(BrokenContentException.class)
                .hasMessageStartingWith(message);
    }

    /** Every prefix of a file, and files with flipped bytes, are read or refused; nothing else may escape. */
    @ParameterizedTest
    @ValueSource(
            strings = {"hopper.jpg", "hopper.png", "hopper.webp", "hopper.gif", "hopper_rle8.bmp", "pil_sample_cmyk.jpg"
            })
    void decode_damagedFiles_areReadOrRefused(String name) {
        byte[] file = Fixtures.bytes("fixtures", "image", "src", name);
        Random random = new Random(5);
        int refused = 0;
        for (int round = 0; round < 60; round++) {
            byte[] damaged = Arrays.copyOf(file, round % 2 == 0 ? random.nextInt(file.length) : file.length);
            for (int flip = 0; flip < 5 && damaged.length > 0; flip++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                ImageDecoder.decode(damaged);
            } catch (BrokenContentException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Resampling.class)
    void resize_everyReference_isPillowsBitForBit(Resampling filter) throws Exception {
        Path folder = RealData.path("fixtures", "image", "expected");
        int checked = 0;
        for (Path reference : list(folder)) {
            Matcher name = RESIZED.matcher(reference.getFileName().toString());
            if (!name.matches() || !name.group(2).equals(filter.name().toLowerCase(Locale.ROOT))) {
                continue;
            }
            Pixels source = ImageDecoder.decode(Fixtures.bytes(folder.resolve(name.group(1) + ".decoded.png")));
            int width = Integer.parseInt(name.group(3));
            int height = Integer.parseInt(name.group(4));
            Pixels resized = PixelResizer.resize(source, width, height, Window.all(width, height), filter);
            assertThat(resized.rgb())
                    .as(name.group())
                    .isEqualTo(ImageDecoder.decode(Fixtures.bytes(reference)).rgb());
            checked++;
        }
        assertThat(checked).isEqualTo(15);
    }

    /** Pixels are equal; what is left is the rounding of one float32 subtraction and division. */
    @ParameterizedTest
    @EnumSource(Resampling.class)
    void resize_imagesOfOneColumnOrRow_repeatIt(Resampling filter) {
        byte[] colour = {10, (byte) 200, (byte) 255};
        Pixels pixel = PixelResizer.resize(new Pixels(1, 1, colour), 4, 3, new Window(0, 0, 4, 3), filter);
        for (int at = 0; at < pixel.rgb().length; at++) {
            assertThat(pixel.rgb()[at]).isEqualTo(colour[at % 3]);
        }
        byte[] two = {10, 20, 30, 110, 120, 127};
        Pixels column = PixelResizer.resize(new Pixels(1, 2, two), 5, 2, new Window(1, 0, 3, 2), filter);
        Pixels row = PixelResizer.resize(new Pixels(2, 1, two), 2, 5, new Window(0, 1, 2, 3), filter);
        for (int place = 0; place < 3; place++) {
            assertThat(Arrays.copyOfRange(column.rgb(), 3 * place, 3 * place + 3))
                    .containsExactly(10, 20, 30);
            assertThat(Arrays.copyOfRange(row.rgb(), 6 * place, 6 * place + 6)).containsExactly(two);
        }
    }

    @Test
    void preprocess_clipAndImageNet_equalTheTensors() throws Exception {
        Path folder = RealData.path("fixtures", "image", "expected");
        Map<String, ImagePreprocessing> kinds = Map.of(
                "clip224",
                ImagePreprocessing.shortestEdge(224, Resampling.BICUBIC).withNormalization(CLIP_MEAN, CLIP_DEVIATION),
                "imagenet224",
                ImagePreprocessing.shortestEdge(256, Resampling.BILINEAR)
                        .withCrop(224, 224)
                        .withNormalization(IMAGENET_MEAN, IMAGENET_DEVIATION));
        for (String image : Set.of(
                "hm_0108775015.jpg", "hopper.png", "hopper.ppm", "ml100k_poster_50.jpg", "mlsmall_poster_1.jpg")) {
            Pixels source = ImageDecoder.decode(Fixtures.bytes(folder.resolve(image + ".decoded.png")));
            for (Map.Entry<String, ImagePreprocessing> kind : kinds.entrySet()) {
                float[] expected = Fixtures.floats(folder.resolve(image + "." + kind.getKey() + ".f32.npy"));
                FloatBuffer values = FloatBuffer.allocate(expected.length);
                kind.getValue().write(source, values, 0);
                assertThat(Fixtures.largestDifference(values.array(), expected))
                        .as(image + " " + kind.getKey())
                        .isLessThan(1e-6);
            }
        }
    }

    private static List<Path> list(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
