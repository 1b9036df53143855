package io.github.recsys4j.model.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.recsys4j.ArtifactException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreprocessorConfigTest {
    private static final String NORMAL = ", \"image_mean\": [0.5, 0.5, 0.5], \"image_std\": [0.5, 0.25, 1]}";

    private static PreprocessorConfig config(String json) {
        try {
            return new PreprocessorConfig(Path.of("p.json"), new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void image_sizeWithHeightAndWidth_squeezes() {
        ImagePreprocessing read = config("{\"size\": {\"height\": 192, \"width\": 96}, \"resample\": 1" + NORMAL)
                .image();
        assertThat(read)
                .isEqualTo(ImagePreprocessing.resize(96, 192, Resampling.LANCZOS)
                        .withNormalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.25, 1.0)));
    }

    @Test
    void image_convNextFrom384On_squeezesWithoutCrop() {
        ImagePreprocessing read = config("{\"image_processor_type\": \"ConvNextImageProcessor\", \"resample\": 3,"
                        + " \"size\": {\"shortest_edge\": 384}, \"do_normalize\": false}")
                .image();
        assertThat(read).isEqualTo(ImagePreprocessing.resize(384, 384, Resampling.BICUBIC));
    }

    @Test
    void image_oldNumberWithoutCrop_squeezes() {
        ImagePreprocessing read = config("{\"size\": 224, \"feature_extractor_type\": \"ViTFeatureExtractor\"" + NORMAL)
                .image();
        assertThat(read.toString()).startsWith("ImagePreprocessing[224 x 224 BILINEAR, crop 224 x 224,");
    }

    @Test
    void image_unreadableParts_areNamed() {
        assertThatThrownBy(() -> config("{}").image())
                .isInstanceOf(ArtifactException.class)
                .hasMessage("Preprocessing of p.json cannot be used: \"size\" is missing");
        assertThatThrownBy(() -> config("{\"size\": 9, \"resample\": 7}").image())
                .hasMessage(
                        "Preprocessing of p.json cannot be used: \"resample\" is 7; Pillow's filters are numbered 0 to"
                                + " 5");
        assertThatThrownBy(() -> config("{\"size\": {\"longest_edge\": 9}}").image())
                .hasMessageContaining("\"size\" is {\"longest_edge\":9}; a number, {shortest_edge} or {height, width}");
        assertThatThrownBy(() -> config("{\"size\": 9, \"image_mean\": [1], \"image_std\": [1]}")
                        .image())
                .hasMessage("Preprocessing of p.json cannot be used: mean must be three finite numbers, got [1.0]");
    }

    @Test
    void audio_unknownExtractor_isNamed() {
        assertThatThrownBy(() -> config("{\"feature_extractor_type\": \"ClapFeatureExtractor\"}")
                        .audio())
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(
                        "\"feature_extractor_type\" is \"ClapFeatureExtractor\"; WhisperFeatureExtractor and"
                                + " Wav2Vec2FeatureExtractor can be read");
        assertThat(config("{\"feature_extractor_type\": \"Wav2Vec2FeatureExtractor\", \"sampling_rate\": 16000}")
                        .audio())
                .isEqualTo(AudioPreprocessing.waveform(16_000).withStandardization(true));
    }

    @Test
    void write_cropLargerThanTheImage_fillsTheRimWithBlack() {
        ImagePreprocessing preprocessing = ImagePreprocessing.resize(2, 1, Resampling.NEAREST)
                .withCrop(4, 2)
                .withFactor(1);
        FloatBuffer target = FloatBuffer.allocate(24);
        preprocessing.write(new Pixels(2, 1, new byte[] {1, 2, 3, 4, 5, 6}), target, 0);
        assertThat(target.array()).startsWith(0, 0, 0, 0, 0, 1, 4, 0, 0, 0, 0, 0, 0, 2, 5, 0);
    }

    @Test
    void settings_outOfRange_areRefused() {
        assertThatThrownBy(() -> ImagePreprocessing.shortestEdge(0, Resampling.BOX))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shortest edge must be 1 to 4096 pixels, got 0");
        assertThatThrownBy(() -> EncoderOptions.builder().batchSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("batch size must be at least 1, got 0");
        assertThatThrownBy(() -> AudioPreprocessing.waveform(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rate must be 1 to 768000 samples a second, got 0");
    }
}
