package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.config.ConfigException;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.feature.ItemFeaturesBuilder;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.encoder.ImageCompressor;
import io.github.recsys4j.prepare.ImageInspector;
import io.github.recsys4j.prepare.TextAugmenter;
import io.github.recsys4j.prepare.TextCleaner;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The section {@code contents}: what items are made of beside their ids, and how it becomes vectors. Not thread-safe. */
final class ContentsConfig {
    /** Where vectors are kept if nothing else is said. */
    static final Path STANDARD_CACHE = Path.of(".recsys-cache");

    private static final int MEMORY_MEGABYTES = 64;

    private final Map<Modality, EncoderConfig> encoders = new EnumMap<>(Modality.class);
    private final ColumnsConfig columns = new ColumnsConfig();
    private Optional<Path> cache = Optional.of(STANDARD_CACHE);
    private int memoryMegabytes = MEMORY_MEGABYTES;
    private List<String> textColumns = List.of();
    private Optional<Path> imageFolder = Optional.empty();
    private Optional<String> imageColumn = Optional.empty();
    private Optional<Path> audioFolder = Optional.empty();
    private TextCleaner cleaning = TextCleaner.defaults();
    private ImageInspector imageLimits = ImageInspector.defaults();
    private ImageCompressor imageCompression = ImageCompressor.defaults();
    private int textVariants;
    private TextAugmenter augmenter = TextAugmenter.defaults(42);

    void read(Keys keys) {
        keys.text("cache", value -> cache = value.equals(Keys.NONE) ? Optional.empty() : Optional.of(Path.of(value)));
        keys.integer("memory-megabytes", this::memoryMegabytes);
        keys.section("text", inner -> {
            inner.texts("columns", value -> textColumns = value);
            inner.integer("variants", this::textVariants);
            inner.record("augmentation", augmenter, value -> augmenter = value);
            readEncoder(Modality.TEXT, inner);
        });
        keys.section("image", inner -> {
            inner.path("folder", value -> imageFolder = Optional.of(value));
            inner.text("column", value -> imageColumn = Optional.of(value));
            readEncoder(Modality.IMAGE, inner);
        });
        keys.section("audio", inner -> {
            inner.path("folder", value -> audioFolder = Optional.of(value));
            readEncoder(Modality.AUDIO, inner);
        });
        columns.read(keys);
        keys.record("cleaning", cleaning, value -> cleaning = value);
        keys.record("image-limits", imageLimits, value -> imageLimits = value);
        keys.record("image-compression", imageCompression, value -> imageCompression = value);
        requireColumns();
    }

    private void readEncoder(Modality modality, Keys keys) {
        EncoderConfig config = new EncoderConfig(modality);
        config.read(keys);
        if (!config.isNone()) {
            encoders.put(modality, config);
        }
    }

    private void textVariants(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("variants must be at least 0, got " + value);
        }
        textVariants = value;
    }

    private void memoryMegabytes(int value) {
        if (value < 0) {
            throw new IllegalArgumentException("memory-megabytes must be at least 0, got " + value);
        }
        memoryMegabytes = value;
    }

    /** Takes the data's folder of images where none is named here. */
    void imagesIn(Optional<Path> folder) {
        imageFolder = encoders.containsKey(Modality.IMAGE) ? imageFolder.or(() -> folder) : imageFolder;
    }

    /** Puts another folder of images in place of the one that was named. */
    void imageFolder(Path folder) {
        imageFolder = Optional.of(folder);
    }

    private void requireColumns() {
        EncoderConfig text = encoders.get(Modality.TEXT);
        if (text != null && text.kind() != EncoderConfig.Kind.READY && textColumns.isEmpty()) {
            throw new ConfigException("contents.text needs the names of columns of the items: give --text COLUMN,..."
                    + " or contents.text.columns");
        }
    }

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("cache", cache.map(Path::toString).orElse(Keys.NONE));
        map.put("memory-megabytes", memoryMegabytes);
        encoders.forEach((modality, config) -> {
            Map<String, Object> inner = new LinkedHashMap<>();
            if (modality == Modality.TEXT && !textColumns.isEmpty()) {
                inner.put("columns", textColumns);
            }
            if (modality == Modality.TEXT && textVariants > 0) {
                inner.put("variants", textVariants);
                inner.put("augmentation", Records.toMap(augmenter));
            }
            folder(modality).ifPresent(value -> inner.put("folder", value.toString()));
            imageColumn.filter(column -> modality == Modality.IMAGE).ifPresent(value -> inner.put("column", value));
            config.putInto(inner);
            map.put(modality.name().toLowerCase(Locale.ROOT), inner);
        });
        columns.putInto(map);
        map.put("cleaning", Records.toMap(cleaning));
        map.put("image-limits", Records.toMap(imageLimits));
        map.put("image-compression", Records.toMap(imageCompression));
        return map;
    }

    /** Tells whether items are made of their ids alone. */
    boolean isEmpty() {
        return encoders.isEmpty() && columns.isEmpty();
    }

    Map<Modality, EncoderConfig> encoders() {
        return encoders;
    }

    ColumnsConfig columns() {
        return columns;
    }

    Optional<Path> cache() {
        return cache;
    }

    long memoryBytes() {
        return (long) memoryMegabytes << 20;
    }

    List<String> textColumns() {
        return textColumns;
    }

    /** Gives the folder of images or sounds that was named here. */
    Optional<Path> folder(Modality modality) {
        return switch (modality) {
            case IMAGE -> imageFolder;
            case AUDIO -> audioFolder;
            default -> Optional.empty();
        };
    }

    Optional<String> imageColumn() {
        return imageColumn;
    }

    TextCleaner cleaning() {
        return cleaning;
    }

    ImageInspector imageLimits() {
        return imageLimits;
    }

    ImageCompressor imageCompression() {
        return imageCompression;
    }

    /** Asks for the variants of texts that training draws from, if any. */
    ItemFeaturesBuilder augment(ItemFeaturesBuilder features) {
        return textVariants > 0 ? features.augmentText(augmenter, textVariants) : features;
    }
}
