package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.feature.Encoder;
import io.github.recsys4j.feature.FeatureCache;
import io.github.recsys4j.feature.FeatureCacheBuilder;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.ItemFeatures;
import io.github.recsys4j.feature.ItemFeaturesBuilder;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.feature.ReadyVectors;
import io.github.recsys4j.model.encoder.HashedTextEncoder;
import io.github.recsys4j.prepare.PreparationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes vectors of items' contents as a configuration says: encoders behind a cache, ready vectors, and scales and
 * categories learned from training items. What was learned is kept beside the model, so that items that come later are
 * treated alike.
 *
 * <p>Owns its encoders. Not thread-safe.
 */
final class Contents implements AutoCloseable {
    private static final String WEIGHTS = "text-weights.npy";

    private final ContentsConfig config;
    private final FittedColumns columns;
    private final Optional<HashedTextEncoder> hashed;
    private final List<Encoder<?>> opened = new ArrayList<>();
    private final Optional<FeatureCache> cache;

    private Contents(ContentsConfig config, FittedColumns columns, Optional<HashedTextEncoder> hashed) {
        this.config = config;
        this.columns = columns;
        this.hashed = hashed;
        cache = openCache();
    }

    /** Opens the encoders and learns what is to be learned; of the items, {@code trained} tells which to learn from. */
    static Contents fit(ContentsConfig config, Dataset dataset, IntPredicate trained) {
        Optional<HashedTextEncoder> hashed =
                textDim(config).map(dim -> HashedTextEncoder.fit(texts(config, dataset), dim));
        return new Contents(config, config.columns().fit(dataset.itemTable(), trained), hashed);
    }

    /** Opens the encoders with what {@link #save} kept. */
    static Contents restore(ContentsConfig config, Path folder) {
        Optional<HashedTextEncoder> hashed =
                textDim(config).map(dim -> HashedTextEncoder.load(folder.resolve(WEIGHTS), dim));
        return new Contents(config, FittedColumns.load(folder), hashed);
    }

    private static Optional<Integer> textDim(ContentsConfig config) {
        return Optional.ofNullable(config.encoders().get(Modality.TEXT))
                .filter(text -> text.kind() == EncoderConfig.Kind.BUILT_IN)
                .map(EncoderConfig::dim);
    }

    private static List<String> texts(ContentsConfig config, Dataset dataset) {
        List<Column> found = config.textColumns().stream()
                .flatMap(name -> dataset.itemTable().column(name).stream())
                .toList();
        return IntStream.range(0, dataset.items().size())
                .mapToObj(item -> config.cleaning()
                        .apply(found.stream()
                                .map(column -> column.values().get(item))
                                .collect(Collectors.joining(". "))))
                .toList();
    }

    private Optional<FeatureCache> openCache() {
        FeatureCacheBuilder builder = FeatureCache.builder().memoryBytes(config.memoryBytes());
        config.cache().ifPresent(builder::directory);
        try {
            config.encoders().forEach((modality, encoder) -> {
                if (encoder.kind() != EncoderConfig.Kind.READY) {
                    open(modality, encoder, builder);
                }
            });
            return opened.isEmpty() ? Optional.empty() : Optional.of(builder.build());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void open(Modality modality, EncoderConfig encoder, FeatureCacheBuilder builder) {
        switch (modality) {
            case IMAGE -> builder.image(owned(encoder.openImage()));
            case AUDIO -> builder.audio(owned(encoder.openAudio()));
            default -> builder.text(owned(hashed.isPresent() ? hashed.get() : encoder.openText()));
        }
    }

    private <E extends Encoder<?>> E owned(E encoder) {
        opened.add(encoder);
        return encoder;
    }

    /** Gives the cache, unless no encoder needs one. */
    Optional<FeatureCache> cache() {
        return cache;
    }

    /**
     * Vectors of items.
     *
     * @param matrices one of each kind of content
     * @param variants what training draws from beside them
     */
    record Encoded(List<FeatureMatrix> matrices, List<FeatureMatrix> variants) {}

    /** Makes what training reads, and says what was left out. */
    Encoded encodeToTrain(Dataset dataset, ProgressListener progress, Consumer<String> log) {
        return encode(dataset, config::augment, progress, log);
    }

    /** Makes a matrix of each kind of content, and says what was left out. */
    List<FeatureMatrix> encode(Dataset dataset, ProgressListener progress, Consumer<String> log) {
        return encode(dataset, builder -> builder, progress, log).matrices();
    }

    private Encoded encode(
            Dataset dataset,
            UnaryOperator<ItemFeaturesBuilder> augmented,
            ProgressListener progress,
            Consumer<String> log) {
        List<FeatureMatrix> matrices = new ArrayList<>();
        List<FeatureMatrix> variants = new ArrayList<>();
        cache.ifPresent(known -> {
            ItemFeatures features =
                    augmented.apply(builder(dataset, known)).progress(progress).build();
            features.reports().values().forEach(report -> log(report, log));
            matrices.addAll(features.matrices().values());
            variants.addAll(features.variants());
        });
        config.encoders().forEach((modality, encoder) -> {
            if (encoder.kind() == EncoderConfig.Kind.READY) {
                ReadyVectors.Aligned aligned = encoder.ready().align(modality, dataset.items());
                log.accept(modality.name().toLowerCase(Locale.ROOT) + ": " + aligned.coverage());
                matrices.add(aligned.matrix());
            }
        });
        matrices.addAll(columns.matrices(dataset.itemTable(), log));
        return new Encoded(matrices, variants);
    }

    private static void log(PreparationReport report, Consumer<String> log) {
        log.accept(report.toString());
        report.examples().forEach(example -> log.accept("  " + example));
    }

    private ItemFeaturesBuilder builder(Dataset dataset, FeatureCache known) {
        ItemFeaturesBuilder builder =
                ItemFeatures.builder(dataset, known).cleaning(config.cleaning()).imageLimits(config.imageLimits());
        for (Modality modality : known.modalities()) {
            switch (modality) {
                case IMAGE -> addImages(builder, dataset);
                case AUDIO -> builder.audio(folder(modality, Optional.empty(), "--audio"));
                default -> builder.text(config.textColumns().toArray(String[]::new));
            }
        }
        return builder;
    }

    private void addImages(ItemFeaturesBuilder builder, Dataset dataset) {
        Path folder = folder(Modality.IMAGE, dataset.images(), "--images");
        config.imageColumn()
                .ifPresentOrElse(column -> builder.imagesNamedBy(folder, column), () -> builder.images(folder));
    }

    private Path folder(Modality modality, Optional<Path> other, String flag) {
        return config.folder(modality)
                .or(() -> other)
                .orElseThrow(
                        () -> new ConfigException("contents." + modality.name().toLowerCase(Locale.ROOT)
                                + " needs a folder of files called" + " <item id>.<ending>: give " + flag + " DIR"));
    }

    /** Keeps what was learned. */
    void save(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be made: " + e + "; choose another --output", e);
        }
        hashed.ifPresent(encoder -> encoder.save(folder.resolve(WEIGHTS)));
        columns.save(folder);
    }

    @Override
    public void close() {
        opened.forEach(Encoder::close);
    }
}
