package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.feature.Modality;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Exported text networks beside what PyTorch computed.
 *
 * <p>Tolerances: 1e-4 for pooled vectors and 1e-5 for vectors of length 1, the sums of float32 in another order and in
 * padded batches; 2e-3 for half precision, whose numbers have 11 bits; a cosine of 0.999 for int8, whose rounding
 * differs by processor and by batch.
 */
class OnnxTextEncoderTest {
    private static final double POOLED = 1e-4;
    private static final double NORMALIZED = 1e-5;

    private static List<String> texts(Path folder) {
        return Fixtures.lines(folder.resolve("reference/texts.jsonl")).stream()
                .map(line -> line.get("text").asText())
                .toList();
    }

    private static float[] encode(Path folder, EncoderOptions.Builder options) {
        try (OnnxTextEncoder encoder = OnnxTextEncoder.load(folder, options.build())) {
            return encoder.encode(texts(folder));
        }
    }

    @ParameterizedTest
    @CsvSource({"bert-sentence, 32", "bert-cls, 16", "mpnet-sentence, 16", "roberta, 16"})
    void encode_everyFamily_equalsPyTorch(String name, int dim) {
        Path folder = Fixtures.encoder("tiny-random", name);
        float[] expected = Fixtures.floats(folder.resolve("reference/embeddings.npy"));
        assertThat(Fixtures.largestDifference(encode(folder, EncoderOptions.builder()), expected))
                .isLessThan(NORMALIZED);
        assertThat(Fixtures.largestDifference(
                        encode(folder, EncoderOptions.builder().batchSize(1)), expected))
                .isLessThan(NORMALIZED);
        assertThat(Fixtures.largestDifference(
                        encode(folder, EncoderOptions.builder().batchSize(5)), expected))
                .isLessThan(NORMALIZED);
        try (OnnxTextEncoder encoder = OnnxTextEncoder.load(folder)) {
            assertThat(encoder.info().dim()).isEqualTo(dim);
            assertThat(encoder.info().id()).isEqualTo(name);
            assertThat(encoder.info().modality()).isEqualTo(Modality.TEXT);
            assertThat(encoder.encode(List.of())).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"bert-sentence", "bert-cls", "roberta"})
    void encode_withoutNormalization_equalsThePooledOutput(String name) {
        Path folder = Fixtures.encoder("tiny-random", name);
        assertThat(Fixtures.largestDifference(
                        encode(folder, EncoderOptions.builder().normalized(false)),
                        Fixtures.floats(folder.resolve("reference/pooled.npy"))))
                .isLessThan(POOLED);
    }

    @Test
    void encode_poolerOutput_isChosenInCode() {
        Path folder = Fixtures.encoder("tiny-random", "bert-cls");
        EncoderOptions.Builder options =
                EncoderOptions.builder().pooling(Pooling.POOLER).normalized(false);
        assertThat(Fixtures.largestDifference(
                        encode(folder, options), Fixtures.floats(folder.resolve("reference/pooler_output.npy"))))
                .isLessThan(POOLED);
    }

    @Test
    void encode_clipText_equalsPyTorchAndThePresetNormalizes() {
        Path folder = Fixtures.encoder("tiny-random", "clip");
        assertThat(Fixtures.largestDifference(
                        encode(folder, EncoderOptions.builder()),
                        Fixtures.floats(folder.resolve("reference/text_pooled.npy"))))
                .isLessThan(POOLED);
        try (OnnxTextEncoder encoder =
                OnnxTextEncoder.load(EncoderPreset.CLIP_TEXT, folder, EncoderOptions.defaults())) {
            assertThat(Fixtures.largestDifference(
                            encoder.encode(texts(folder)),
                            Fixtures.floats(folder.resolve("reference/text_embeddings.npy"))))
                    .isLessThan(NORMALIZED);
        }
    }

    @Test
    void encode_halfPrecisionAndInt8_stayClose() {
        Path folder = Fixtures.encoder("tiny-random", "bert-sentence");
        float[] half = encode(folder, EncoderOptions.builder().modelFile("onnx/model_fp16.onnx"));
        assertThat(Fixtures.largestDifference(half, Fixtures.floats(folder.resolve("reference/embeddings_fp16.npy"))))
                .isLessThan(2e-3);
        float[] quantized = encode(folder, EncoderOptions.builder().modelFile("onnx/model_quantized.onnx"));
        float[] expected = Fixtures.floats(folder.resolve("reference/embeddings_quantized.npy"));
        assertThat(IntStream.range(0, 24).mapToDouble(row -> Fixtures.cosine(quantized, expected, row, 32)))
                .allMatch(cosine -> cosine > 0.999);
    }

    @Test
    void encode_thousandsOfTexts_keepsTheirOrder() {
        Path folder = Fixtures.encoder("tiny-random", "bert-sentence");
        List<String> texts = new ArrayList<>();
        List<String> few = texts(folder);
        for (int i = 0; i < 1500; i++) {
            texts.add(few.get((i * 7) % few.size()));
        }
        float[] expected = Fixtures.floats(folder.resolve("reference/embeddings.npy"));
        try (OnnxTextEncoder encoder = OnnxTextEncoder.load(folder)) {
            float[] vectors = encoder.encode(texts);
            for (int i = 0; i < texts.size(); i++) {
                int row = (i * 7) % few.size();
                assertThat(Fixtures.largestDifference(
                                Arrays.copyOfRange(vectors, i * 32, i * 32 + 32),
                                Arrays.copyOfRange(expected, row * 32, row * 32 + 32)))
                        .isLessThan(NORMALIZED);
            }
        }
    }

    @Test
    void fingerprint_anotherPoolingOrFile_isAnother() {
        Path folder = Fixtures.encoder("tiny-random", "bert-sentence");
        try (OnnxTextEncoder plain = OnnxTextEncoder.load(folder);
                OnnxTextEncoder again = OnnxTextEncoder.load(
                        folder, EncoderOptions.builder().batchSize(3).build());
                OnnxTextEncoder pooled = OnnxTextEncoder.load(
                        folder, EncoderOptions.builder().pooling(Pooling.CLS).build());
                OnnxTextEncoder half = OnnxTextEncoder.load(
                        folder,
                        EncoderOptions.builder()
                                .modelFile("onnx/model_fp16.onnx")
                                .build())) {
            assertThat(again.info()).isEqualTo(plain.info());
            assertThat(List.of(plain, pooled, half).stream()
                            .map(encoder -> encoder.info().fingerprint())
                            .distinct())
                    .hasSize(3);
        }
    }

    @Test
    void load_noFolder_saysWhichCommandMakesIt(@TempDir Path folder) {
        Path missing = folder.resolve("minilm");
        assertThatThrownBy(() -> OnnxTextEncoder.load(EncoderPreset.SENTENCE_BERT, missing, EncoderOptions.defaults()))
                .isInstanceOf(ArtifactException.class)
                .hasMessage(
                        "Encoder folder " + missing + " is not there. Make it with: optimum-cli export onnx --library"
                                + " sentence_transformers --model sentence-transformers/all-MiniLM-L6-v2 " + missing);
    }

    @Test
    void load_tokenizerWithoutModel_saysWhereItLooked(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        assertThatThrownBy(() -> OnnxTextEncoder.load(folder))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("has no network: looked for model.onnx, onnx/model.onnx, text_model.onnx,"
                        + " onnx/text_model.onnx. Export a network with: optimum-cli export onnx");
    }

    @Test
    void load_modelWithoutTokenizer_saysWhatIsMissing(@TempDir Path folder) throws Exception {
        Files.copy(Fixtures.encoder("tiny-random", "bert-cls", "model.onnx"), folder.resolve("model.onnx"));
        assertThatThrownBy(() -> OnnxTextEncoder.load(folder))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(
                        "tokenizer.json is not there: a text encoder needs the tokenizer.json of its model");
    }

    @Test
    void load_modelOfPictures_namesItsInputs() {
        Path folder = Fixtures.encoder("tiny-random", "vision-resnet");
        assertThatThrownBy(() -> OnnxTextEncoder.load(folder))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(
                        "takes pixel_values [-1, 3, 224, 224]; a text encoder gives input_ids, attention_mask,"
                                + " token_type_ids, of which input_ids is needed");
    }

    @Test
    void load_unknownOutput_namesTheOutputs() {
        Path folder = Fixtures.encoder("tiny-random", "bert-cls");
        assertThatThrownBy(() -> OnnxTextEncoder.load(
                        folder, EncoderOptions.builder().output("pooled").build()))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(
                        "has no output named \"pooled\"; its outputs are [last_hidden_state, pooler_output]");
        assertThatThrownBy(() -> OnnxTextEncoder.load(
                        folder, EncoderOptions.builder().pooling(Pooling.READY).build()))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("and pooling READY needs one of [sentence_embedding,");
    }

    @Test
    void encode_afterClose_saysSo() {
        OnnxTextEncoder encoder = OnnxTextEncoder.load(Fixtures.encoder("tiny-random", "bert-cls"));
        encoder.close();
        encoder.close();
        assertThatThrownBy(() -> encoder.encode(List.of("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the encoder is closed: load it again");
    }

    @Test
    void named_unknownPreset_listsThem() {
        assertThat(EncoderPreset.named("Sentence-BERT", Modality.TEXT)).isEqualTo(EncoderPreset.SENTENCE_BERT);
        assertThat(EncoderPreset.named("clip", Modality.IMAGE)).isEqualTo(EncoderPreset.CLIP_IMAGE);
        assertThatThrownBy(() -> EncoderPreset.named("vgg", Modality.IMAGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no encoder preset for IMAGE is named \"vgg\": there are clip, dino, resnet, convnext");
    }
}
