package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.ArtifactException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Token vectors beside what model2vec computed; 1e-6 for a float32 mean in another order. */
class StaticTextEncoderTest {

    @Test
    void encode_quantizedVocabulary_equalsModel2Vec() {
        Path folder = Fixtures.encoder("model2vec-bge-vq64");
        JsonNode expected =
                Fixtures.json(folder.resolve("embeddings_vocab_quantized.json")).get(0);
        try (StaticTextEncoder encoder = StaticTextEncoder.load(folder)) {
            assertThat(encoder.info().dim()).isEqualTo(64);
            float[] vectors = encoder.encode(List.of(
                    String.join(" ", Collections.nCopies(1000, "hello")), "", "hello", "hello\u0000\ud83d\ude00"));
            for (int i = 0; i < 64; i++) {
                assertThat((double) vectors[i]).isCloseTo(expected.get(i).doubleValue(), within(1e-6));
            }
            assertThat(Arrays.copyOfRange(vectors, 64, 128)).containsOnly(0f);
            assertThat(Fixtures.largestDifference(
                            Arrays.copyOfRange(vectors, 0, 64), Arrays.copyOfRange(vectors, 128, 192)))
                    .isLessThan(1e-6);
            assertThat(encoder.onnx()).hasSizeGreaterThan(29_524 * 64 * 4);
        }
    }

    @Test
    void load_noTensors_saysWhatToPutThere(@TempDir Path folder) {
        assertThatThrownBy(() -> StaticTextEncoder.load(folder))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("has no network: looked for model.safetensors. Token vectors are a folder as"
                        + " model2vec's save_pretrained writes it");
    }

    @Test
    void safetensors_damagedFiles_sayWhatIsWrong(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.safetensors");
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Safetensors.read(file))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("File " + file + " is no safetensors file: its header cannot be -1 bytes long");
        write(file, "{\"embeddings\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}", 8);
        assertThatThrownBy(() -> Safetensors.read(file).numbers("embeddings"))
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Tensor \"embeddings\" of " + file + " lies outside the file: it is cut off");
        assertThatThrownBy(() -> Safetensors.read(file).numbers("weights"))
                .hasMessage("File " + file + " has no tensor \"weights\"");
        write(file, "{\"embeddings\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[0,4]}}", 4);
        assertThatThrownBy(() -> Safetensors.read(file).numbers("embeddings"))
                .hasMessage(
                        "Tensor \"embeddings\" of " + file + " is BF16; F16, F32, F64, I16, I32 and I64 can be read");
    }

    @Test
    void safetensors_halfPrecision_isExact(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("model.safetensors");
        byte[] header =
                "{\"x\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}".getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + header.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(header.length).put(header);
        buffer.putShort((short) 0x3c00)
                .putShort((short) 0xc000)
                .putShort((short) 0x0001)
                .putShort((short) 0x3555);
        Files.write(file, buffer.array());
        assertThat(Safetensors.read(file).numbers("x")).containsExactly(1, -2, Math.scalb(1.0, -24), 0.333251953125);
    }

    private static void write(Path file, String header, int bytes) throws Exception {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(8 + text.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(file, buffer.putLong(text.length).put(text).array());
    }
}
