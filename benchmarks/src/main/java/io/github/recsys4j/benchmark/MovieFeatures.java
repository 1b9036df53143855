package io.github.recsys4j.benchmark;

import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.feature.FeatureCache;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.ImageEncoder;
import io.github.recsys4j.feature.ItemFeatures;
import io.github.recsys4j.feature.TextEncoder;
import io.github.recsys4j.model.encoder.EncoderOptions;
import io.github.recsys4j.model.encoder.HashedTextEncoder;
import io.github.recsys4j.model.encoder.ImageDescriptor;
import io.github.recsys4j.model.encoder.ImagePreprocessing;
import io.github.recsys4j.model.encoder.OnnxImageEncoder;
import io.github.recsys4j.model.encoder.Resampling;
import io.github.recsys4j.model.encoder.StaticTextEncoder;
import io.github.recsys4j.prepare.CategoryEncoder;
import io.github.recsys4j.prepare.NumericScaler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Vectors of films: poster, title with plot, year, and genres.
 *
 * <p>{@code pretrained} reads posters with MobileNetV1-0.25, 256 numbers, and texts with token vectors distilled from a
 * sentence transformer; {@code wide} reads posters with MobileNetV2, 1,280 numbers; {@code built-in} needs no download. Scales and categories are measured on the films that train.
 */
final class MovieFeatures {
    private static final int TEXT_DIM = 256;
    private static final String NARROW = "mobilenet_v1_025_fp32.onnx";
    private static final String WIDE = "mobilenet_v2_w8.onnx";
    private static final int SIZE = 224;
    private static final ImagePreprocessing MOBILENET = ImagePreprocessing.resize(SIZE, SIZE, Resampling.BILINEAR)
            .withNormalization(List.of(0.5, 0.5, 0.5), List.of(0.5, 0.5, 0.5));

    private MovieFeatures() {}

    /** What reads posters and texts. */
    private record Encoders(ImageEncoder image, TextEncoder text) implements AutoCloseable {
        @Override
        public void close() {
            image.close();
            text.close();
        }
    }

    /**
     * Where vectors come from.
     *
     * @param data the folder of all data
     * @param encoders {@code pretrained}, {@code wide} or {@code built-in}
     * @param cache folder of the cache
     */
    record Source(Path data, String encoders, Path cache) {}

    /**
     * Encodes what is not in the cache yet.
     *
     * @param films with the columns {@code genres} and {@code year}
     * @param texts columns that are read as text
     * @param posters the folder of images
     * @param source where vectors come from
     * @param trained which items train
     * @return one matrix a modality
     */
    static List<FeatureMatrix> of(
            Dataset films, List<String> texts, Path posters, Source source, IntPredicate trained) {
        try (Encoders opened = open(source, films, texts)) {
            FeatureCache vectors = FeatureCache.builder()
                    .directory(source.cache())
                    .image(opened.image())
                    .text(opened.text())
                    .build();
            ItemFeatures features = ItemFeatures.builder(films, vectors)
                    .text(texts.toArray(String[]::new))
                    .images(posters)
                    .numbers(NumericScaler.fit(
                            NumericScaler.Method.STANDARD, films.itemTable(), List.of("year"), trained))
                    .categories(CategoryEncoder.fit(
                            new CategoryEncoder.Source("genres", "|", 5), films.itemTable(), trained))
                    .build();
            features.reports().values().forEach(System.out::println);
            return List.copyOf(features.matrices().values());
        }
    }

    private static Encoders open(Source source, Dataset films, List<String> texts) {
        if (source.encoders().equals("built-in")) {
            return new Encoders(ImageDescriptor.create(), HashedTextEncoder.fit(texts(films, texts), TEXT_DIM));
        }
        EncoderOptions options =
                EncoderOptions.builder().imagePreprocessing(MOBILENET).build();
        Path folder = source.data().resolve("encoders");
        return new Encoders(
                OnnxImageEncoder.load(folder.resolve(source.encoders().equals("wide") ? WIDE : NARROW), options),
                StaticTextEncoder.load(folder.resolve("model2vec-bge-vq64")));
    }

    private static List<String> texts(Dataset films, List<String> columns) {
        List<String> texts = new ArrayList<>();
        for (int item = 0; item < films.items().size(); item++) {
            StringBuilder text = new StringBuilder();
            for (String name : columns) {
                Column column = films.itemTable().column(name).orElseThrow();
                text.append(column.values().get(item)).append(". ");
            }
            texts.add(text.toString());
        }
        return texts;
    }
}
