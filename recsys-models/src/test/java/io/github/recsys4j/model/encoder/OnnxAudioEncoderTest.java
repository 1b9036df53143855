package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.EncodingException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** YAMNet beside its reference; float32 sums in another order, so 1e-4 of vectors with entries up to about 5. */
class OnnxAudioEncoderTest {
    private static final int WINDOW = 15_600;

    private static byte[] wav(float[] samples, int from) {
        float[] cut = new float[WINDOW];
        System.arraycopy(samples, from, cut, 0, WINDOW);
        return Sounds.floatWav(cut, 16_000);
    }

    @Test
    void encode_yamnetOnReferenceSounds_equalsItsFeatures() {
        float[] samples = Fixtures.floats(Fixtures.encoder("ref", "waveform.npy"));
        float[] expected = Fixtures.floats(Fixtures.encoder("ref", "yamnet_w8.features.npy"));
        try (OnnxAudioEncoder encoder = OnnxAudioEncoder.load(Fixtures.encoder("yamnet_w8.onnx"))) {
            assertThat(encoder.info().dim()).isEqualTo(1024);
            float[] vectors = encoder.encode(List.of(wav(samples, 0), wav(samples, WINDOW)));
            assertThat(Fixtures.largestDifference(vectors, expected)).isLessThan(1e-4);
        }
    }

    @Test
    void encode_otherFormat_isRefusedByName() {
        byte[] mp3 = Fixtures.bytes("fixtures", "audio", "src", "silero_test.mp3");
        byte[] wav = wav(new float[WINDOW], 0);
        try (OnnxAudioEncoder encoder = OnnxAudioEncoder.load(Fixtures.encoder("yamnet_w8.onnx"))) {
            assertThatThrownBy(() -> encoder.encode(List.of(wav, mp3)))
                    .isInstanceOfSatisfying(
                            EncodingException.class,
                            e -> assertThat(e.position()).isEqualTo(1))
                    .hasMessageStartingWith("Input 1 cannot be encoded: the sound is MP3, which is not supported.");
        }
    }

    @Test
    void load_networkOfPictures_namesItsInput() {
        Path model = Fixtures.encoder("mobilenet_v2_w8.onnx");
        assertThatThrownBy(() -> OnnxAudioEncoder.load(model))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(
                        "takes pixel_values [-1, 3, 224, 224]; wanted is one input, float32 [batch, samples]");
    }

    @Test
    void windows_longSounds_coverThem() {
        AudioPreprocessing preprocessing = AudioPreprocessing.waveform(8).withWindow(8, 4);
        assertThat(preprocessing.windows(0)).isEqualTo(1);
        assertThat(preprocessing.windows(8)).isEqualTo(1);
        assertThat(preprocessing.windows(9)).isEqualTo(2);
        assertThat(preprocessing.windows(12)).isEqualTo(2);
        FloatBuffer cut = FloatBuffer.allocate(8);
        preprocessing.write(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, cut, 0);
        assertThat(cut.array()).containsExactly(5, 6, 7, 8, 9, 0, 0, 0);
    }
}
