package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.EncodingException;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtOptions;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exported picture networks beside what Pillow, transformers and PyTorch computed.
 *
 * <p>Tolerances: 1e-5 for pixel values, one float32 division; 1e-4 for vectors, the sums of float32 in another order,
 * through networks of random weights that are not damped.
 */
class OnnxImageEncoderTest {
    private static final double PIXELS = 1e-5;
    private static final double VECTORS = 1e-4;
    private static final ImagePreprocessing MOBILENET = ImagePreprocessing.resize(224, 224, Resampling.BILINEAR)
            .withNormalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    private static List<byte[]> images(Path folder) {
        List<byte[]> images = new ArrayList<>();
        for (JsonNode line : Fixtures.lines(folder.resolve("reference/images.jsonl"))) {
            images.add(Fixtures.bytes(folder.resolve("reference")
                    .resolve(line.get("file").asText())
                    .normalize()));
        }
        return images;
    }

    @ParameterizedTest
    @CsvSource({"vision-resnet, ''", "vision-convnext, ''", "vision-dinov2, ''", "clip, image_"})
    void encode_everyFamily_equalsPyTorch(String name, String prefix) throws Exception {
        Path folder = Fixtures.encoder("tiny-random", name);
        Path reference = folder.resolve("reference");
        ImagePreprocessing preprocessing = EncoderFolder.open(
                        folder, EncoderOptions.defaults(), List.of("model.onnx", "onnx/vision_model.onnx"), "")
                .imagePreprocessing()
                .orElseThrow();
        FloatBuffer pixels = FloatBuffer.allocate(preprocessing.floats());
        preprocessing.write(ImageDecoder.decode(images(folder).get(0)), pixels, 0);
        assertThat(Fixtures.largestDifference(pixels.array(), Fixtures.floats(reference.resolve("pixel_values_0.npy"))))
                .isLessThan(PIXELS);
        try (OnnxImageEncoder encoder = OnnxImageEncoder.load(
                        folder, EncoderOptions.builder().batchSize(4).build());
                OnnxImageEncoder normalized = OnnxImageEncoder.load(
                        folder, EncoderOptions.builder().normalized(true).build())) {
            assertThat(Fixtures.largestDifference(
                            encoder.encode(images(folder)), Fixtures.floats(reference.resolve(prefix + "pooled.npy"))))
                    .isLessThan(VECTORS);
            assertThat(Fixtures.largestDifference(
                            normalized.encode(images(folder)),
                            Fixtures.floats(reference.resolve(prefix + "embeddings.npy"))))
                    .isLessThan(VECTORS);
        }
    }

    @ParameterizedTest
    @CsvSource({"mobilenet_v1_025_fp32, 256", "mobilenet_v2_w8, 1280"})
    void run_mobileNetOnReferencePixels_equalsItsFeatures(String name, int dim) {
        Path model = Fixtures.encoder(name + ".onnx");
        float[] pixels = Fixtures.floats(Fixtures.encoder("ref", "pixel_values.npy"));
        try (OrtModel network = OrtModel.load(model, OrtOptions.on(Device.cpu()))) {
            float[] features = network.run(Map.of("pixel_values", OrtTensor.floats(pixels, 4, 3, 224, 224)), "features")
                    .floats();
            float[] expected = Fixtures.floats(Fixtures.encoder("ref", name + ".features.npy"));
            assertThat(Fixtures.largestDifference(features, expected)).isLessThan(VECTORS);
            assertThat(features).hasSize(4 * dim);
        }
    }

    @Test
    void encode_mobileNetFromFiles_isTheReferencePictures() {
        float[] expected = Fixtures.floats(Fixtures.encoder("ref", "mobilenet_v1_025_fp32.features.npy"));
        byte[] hopper = Fixtures.bytes("fixtures", "image", "src", "hopper.png");
        try (OnnxImageEncoder encoder = OnnxImageEncoder.load(
                Fixtures.encoder("mobilenet_v1_025_fp32.onnx"),
                EncoderOptions.builder().imagePreprocessing(MOBILENET).build())) {
            float[] vectors = encoder.encode(List.of(hopper, hopper));
            assertThat(encoder.info().dim()).isEqualTo(256);
            float[] placed = new float[4 * 256];
            System.arraycopy(vectors, 256, placed, 256, 256);
            assertThat(Fixtures.cosine(placed, expected, 1, 256)).isGreaterThan(0.99);
        }
    }

    @Test
    void encode_manyPictures_keepsTheirOrderAndEqualsOneByOne() {
        Path folder = Fixtures.encoder("tiny-random", "vision-convnext");
        List<byte[]> images = new ArrayList<>();
        Collections.nCopies(7, images(folder)).forEach(images::addAll);
        try (OnnxImageEncoder encoder = OnnxImageEncoder.load(folder)) {
            float[] together = encoder.encode(images);
            for (int i = 0; i < images.size(); i++) {
                float[] alone = encoder.encode(List.of(images.get(i)));
                float[] row = Arrays.copyOfRange(together, i * alone.length, (i + 1) * alone.length);
                assertThat(Fixtures.largestDifference(row, alone)).isLessThan(1e-5);
            }
        }
    }

    @Test
    void encode_brokenPicture_namesItsPosition() {
        List<byte[]> images = new ArrayList<>(images(Fixtures.encoder("tiny-random", "clip")));
        images.add(2, Fixtures.bytes("fixtures", "image", "src", "broken.png"));
        try (OnnxImageEncoder encoder = OnnxImageEncoder.load(Fixtures.encoder("tiny-random", "clip"))) {
            assertThatThrownBy(() -> encoder.encode(images))
                    .isInstanceOfSatisfying(
                            EncodingException.class,
                            e -> assertThat(e.position()).isEqualTo(2))
                    .hasMessageStartingWith("Input 2 cannot be encoded: the PNG image is damaged: ");
            assertThatThrownBy(() -> encoder.encode(List.of(new byte[] {1, 2, 3})))
                    .isInstanceOf(EncodingException.class)
                    .hasMessage("Input 0 cannot be encoded: the bytes are of no known image format: they begin with 01"
                            + " 02 03. JPEG, PNG, WebP, GIF, BMP and TIFF can be read: convert the image");
        }
    }

    @Test
    void load_withoutPreprocessing_saysWhatToSet() {
        Path model = Fixtures.encoder("mobilenet_v2_w8.onnx");
        assertThatThrownBy(() -> OnnxImageEncoder.load(model))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("does not say how pictures are prepared: put its preprocessor_config.json beside"
                        + " it, or set imagePreprocessing in EncoderOptions");
    }

    @Test
    void load_otherSizeThanTheNetworks_saysBoth() {
        EncoderOptions options = EncoderOptions.builder()
                .imagePreprocessing(ImagePreprocessing.resize(192, 192, Resampling.BILINEAR))
                .build();
        Path model = Fixtures.encoder("mobilenet_v2_w8.onnx");
        assertThatThrownBy(() -> OnnxImageEncoder.load(model, options))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(
                        "takes [-1, 3, 224, 224] (-1 is free), but pictures are prepared as" + " [-1, 3, 192, 192]");
    }

    @Test
    void load_modelOfTexts_namesItsInputs() {
        Path model = Fixtures.encoder("tiny-random", "bert-cls");
        assertThatThrownBy(() -> OnnxImageEncoder.load(model))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("input_ids [-1, -1]")
                .hasMessageContaining("wanted is one input, pixel_values float32 [batch, 3, height, width]");
    }

    @Test
    void load_presetOfTexts_isRefused() {
        assertThatThrownBy(() -> OnnxImageEncoder.load(EncoderPreset.BERT, Path.of("bert"), EncoderOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("preset BERT encodes TEXT, not pictures: load it with OnnxTextEncoder");
    }
}
