package io.github.recsys4j.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.recsys4j.ArtifactException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code preprocessor_config.json}, in today's form and in the forms of older exports ({@code size} as a number,
 * {@code crop_pct}, no {@code rescale_factor}).
 */
final class PreprocessorConfig {
    private static final int LARGE_CONVNEXT = 384;
    private static final double DEFAULT_CROP = 224 / 256.0;

    private final Path file;
    private final JsonNode config;

    PreprocessorConfig(Path file, JsonNode config) {
        this.file = file;
        this.config = config;
    }

    ImagePreprocessing image() {
        try {
            return scaled(geometry());
        } catch (IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage()), e);
        }
    }

    private ImagePreprocessing geometry() {
        if (!flag("do_resize", true)) {
            return cropped(ImagePreprocessing.unresized(side("crop_size", "width"), side("crop_size", "height")));
        }
        Resampling resampling = resampling();
        if (isConvNext()) {
            return convNext(resampling);
        }
        JsonNode size = require("size");
        if (size.has("height") && size.has("width")) {
            return cropped(ImagePreprocessing.resize(
                    size.get("width").intValue(), size.get("height").intValue(), resampling));
        }
        if (size.has("shortest_edge")) {
            return cropped(
                    ImagePreprocessing.shortestEdge(size.get("shortest_edge").intValue(), resampling));
        }
        if (!size.isNumber()) {
            throw broken("\"size\" is " + size + "; a number, {shortest_edge} or {height, width} can be read", null);
        }
        int edge = size.intValue();
        return flag("do_center_crop", false)
                ? cropped(ImagePreprocessing.shortestEdge(edge, resampling))
                : ImagePreprocessing.resize(edge, edge, resampling);
    }

    private boolean isConvNext() {
        return type().startsWith("ConvNext") || config.has("crop_pct");
    }

    private String type() {
        return config.path("image_processor_type")
                .asText(config.path("feature_extractor_type").asText(""));
    }

    /** Below 384 pixels a larger image is made and its centre taken; from 384 on the image is squeezed. */
    private ImagePreprocessing convNext(Resampling resampling) {
        JsonNode size = require("size");
        int edge =
                size.isNumber() ? size.intValue() : size.path("shortest_edge").intValue();
        if (edge >= LARGE_CONVNEXT) {
            return ImagePreprocessing.resize(edge, edge, resampling);
        }
        double share = config.path("crop_pct").asDouble(DEFAULT_CROP);
        return ImagePreprocessing.shortestEdge((int) (edge / share), resampling).withCrop(edge, edge);
    }

    private ImagePreprocessing cropped(ImagePreprocessing resized) {
        return flag("do_center_crop", false)
                ? resized.withCrop(side("crop_size", "width"), side("crop_size", "height"))
                : resized;
    }

    private int side(String field, String side) {
        JsonNode size = require(field);
        return size.isNumber() ? size.intValue() : size.path(side).intValue();
    }

    private ImagePreprocessing scaled(ImagePreprocessing geometry) {
        double factor = flag("do_rescale", true) ? config.path("rescale_factor").asDouble(1 / 255.0) : 1;
        ImagePreprocessing scaled = geometry.withFactor(factor);
        return flag("do_normalize", true)
                ? scaled.withNormalization(numbers("image_mean"), numbers("image_std"))
                : scaled;
    }

    private Resampling resampling() {
        int number = config.path("resample").asInt(Resampling.BILINEAR.number());
        return Arrays.stream(Resampling.values())
                .filter(filter -> filter.number() == number)
                .findFirst()
                .orElseThrow(
                        () -> broken("\"resample\" is " + number + "; Pillow's filters are numbered 0 to 5", null));
    }

    private List<Double> numbers(String field) {
        return StreamSupport.stream(require(field).spliterator(), false)
                .map(JsonNode::doubleValue)
                .toList();
    }

    private boolean flag(String field, boolean otherwise) {
        return config.path(field).asBoolean(otherwise);
    }

    private JsonNode require(String field) {
        if (!config.has(field)) {
            throw broken("\"" + field + "\" is missing", null);
        }
        return config.get(field);
    }

    AudioPreprocessing audio() {
        int rate = config.path("sampling_rate").asInt(AudioPreprocessing.DEFAULT_RATE);
        String type = config.path("feature_extractor_type").asText("");
        try {
            return switch (type) {
                case "WhisperFeatureExtractor" ->
                    AudioPreprocessing.whisper(
                            config.path("feature_size").asInt(80),
                            config.path("chunk_length").asInt(30));
                case "Wav2Vec2FeatureExtractor" ->
                    AudioPreprocessing.waveform(rate).withStandardization(flag("do_normalize", true));
                default ->
                    throw broken(
                            "\"feature_extractor_type\" is \"" + type + "\"; WhisperFeatureExtractor and"
                                    + " Wav2Vec2FeatureExtractor can be read: set AudioPreprocessing in EncoderOptions",
                            null);
            };
        } catch (IllegalArgumentException e) {
            throw broken(String.valueOf(e.getMessage()), e);
        }
    }

    private ArtifactException broken(String problem, @Nullable Throwable cause) {
        String message = "Preprocessing of " + file + " cannot be used: " + problem;
        return cause == null ? new ArtifactException(message) : new ArtifactException(message, cause);
    }
}
