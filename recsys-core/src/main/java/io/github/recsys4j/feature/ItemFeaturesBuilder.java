package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.DatasetException;
import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.prepare.CategoryEncoder;
import io.github.recsys4j.prepare.ImageInspector;
import io.github.recsys4j.prepare.NumericScaler;
import io.github.recsys4j.prepare.PreparationReport;
import io.github.recsys4j.prepare.TextAugmenter;
import io.github.recsys4j.prepare.TextCleaner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Collects the vectors of a data set's items. Content that is missing, broken, too large or outside its folder is counted
 * and left out; its item has no vector of that kind. Not thread-safe.
 */
public final class ItemFeaturesBuilder {
    /** Work on one kind of content. */
    @FunctionalInterface
    private interface Step {
        FeatureMatrix run(PreparationReport.Collector report);
    }

    private final Dataset dataset;
    private final FeatureCache cache;
    private final Map<Modality, Step> steps = new EnumMap<>(Modality.class);
    private UnaryOperator<String> cleaning = TextCleaner.defaults();
    private Optional<TextAugmenter> augmenter = Optional.empty();
    private int numVariants;
    private final List<FeatureMatrix> variants = new ArrayList<>();
    private ImageInspector inspector = ImageInspector.defaults();
    private ProgressListener progress = ProgressListener.none();

    ItemFeaturesBuilder(Dataset dataset, FeatureCache cache) {
        this.dataset = dataset;
        this.cache = cache;
    }

    /**
     * Asks for texts: the columns' values one after the other, with a full stop and a space between them, cleaned. An
     * item without any of them has no text.
     *
     * @param columns names of columns of the items, at least one
     * @return this
     * @throws DatasetException if there is no such column
     * @throws IllegalStateException if the cache has no encoder of texts
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder text(String... columns) {
        checkArgument(columns.length > 0, "text(columns) needs the name of at least one column");
        List<Column> found = new ArrayList<>();
        for (String column : columns) {
            found.add(column(column));
        }
        TextEncoder encoder = cache.text();
        return put(Modality.TEXT, report -> texts(found, encoder, report));
    }

    /**
     * Asks for images: files called {@code <item id>.<ending>} in the folder that {@link Dataset#images()} names.
     *
     * @return this
     * @throws DatasetException if the data set has no folder of images
     * @throws IllegalStateException if the cache has no encoder of images
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder images() {
        return images(imageFolder());
    }

    /**
     * Asks for images: files called {@code <item id>.<ending>}. Where an item has several, the first in the order of the
     * alphabet counts.
     *
     * @param folder the folder
     * @return this
     * @throws DatasetException if it cannot be read
     * @throws IllegalStateException if the cache has no encoder of images
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder images(Path folder) {
        ContentFolder files = ContentFolder.open(folder).indexed();
        return files(Modality.IMAGE, cache.image(), new ItemFiles(files, Optional.empty()));
    }

    /**
     * Asks for images that a column names, relative to the folder that {@link Dataset#images()} names. A name that leads
     * out of that folder is refused and counted.
     *
     * @param column name of a column of the items
     * @return this
     * @throws DatasetException if the data set has no such column or no folder of images
     * @throws IllegalStateException if the cache has no encoder of images
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder imagesNamedBy(String column) {
        return imagesNamedBy(imageFolder(), column);
    }

    /**
     * Asks for images that a column names, relative to a folder. A name that leads out of that folder is refused and
     * counted.
     *
     * @param folder the folder
     * @param column name of a column of the items
     * @return this
     * @throws DatasetException if the data set has no such column, or the folder cannot be read
     * @throws IllegalStateException if the cache has no encoder of images
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder imagesNamedBy(Path folder, String column) {
        ContentFolder files = ContentFolder.open(folder);
        return files(Modality.IMAGE, cache.image(), new ItemFiles(files, Optional.of(column(column))));
    }

    private Path imageFolder() {
        return dataset.images()
                .orElseThrow(
                        () -> new DatasetException("the data set has no folder of images: name it with images(folder)"
                                + " when the data set is read, or here."));
    }

    /**
     * Asks for sounds: files called {@code <item id>.<ending>}. Where an item has several, the first in the order of the
     * alphabet counts.
     *
     * @param folder the folder
     * @return this
     * @throws DatasetException if it cannot be read
     * @throws IllegalStateException if the cache has no encoder of sounds
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder audio(Path folder) {
        ContentFolder files = ContentFolder.open(folder).indexed();
        return files(Modality.AUDIO, cache.audio(), new ItemFiles(files, Optional.empty()));
    }

    /**
     * Asks for scaled numbers.
     *
     * @param scaler fitted on the columns of the training items
     * @return this
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder numbers(NumericScaler scaler) {
        return put(Modality.NUMBERS, report -> {
            FeatureMatrix matrix = FeatureMatrix.of(
                    Modality.NUMBERS, scaler.apply(dataset.itemTable()).rows());
            count(matrix, "no number", report);
            return matrix;
        });
    }

    /**
     * Asks for categories, those of all encoders side by side.
     *
     * @param encoders fitted on the columns of the training items, at least one
     * @return this
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder categories(CategoryEncoder... encoders) {
        checkArgument(encoders.length > 0, "categories(encoders) needs at least one encoder");
        List<CategoryEncoder> all = List.of(encoders);
        return put(Modality.CATEGORIES, report -> {
            FeatureMatrix matrix = CategoryRows.matrix(dataset.itemTable(), all);
            count(matrix, "no category", report);
            return matrix;
        });
    }

    /**
     * Sets how texts are cleaned; {@link TextCleaner#defaults()} if not called.
     *
     * @param cleaner gives the clean text
     * @return this
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder cleaning(UnaryOperator<String> cleaner) {
        cleaning = cleaner;
        return this;
    }

    /**
     * Asks for variants of the texts, which are encoded and cached like any other text and which training draws from.
     * None if not called.
     *
     * @param value makes them
     * @param count how many of each text, at least 1; each costs as much encoding and memory as the texts themselves
     * @return this
     * @throws IllegalArgumentException if the count is below 1
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder augmentText(TextAugmenter value, int count) {
        checkArgument(count >= 1, "count must be at least 1, got %s", count);
        augmenter = Optional.of(value);
        numVariants = count;
        return this;
    }

    /**
     * Sets which sizes of images are let through; {@link ImageInspector#defaults()} if not called. Whether a file is an
     * image at all is for the encoder to say.
     *
     * @param limits the limits
     * @return this
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder imageLimits(ImageInspector limits) {
        inspector = limits;
        return this;
    }

    /**
     * Sets who hears of the progress, as the stages {@code encode text} and so on, in items; nobody if not called.
     *
     * @param listener the listener
     * @return this
     */
    @CanIgnoreReturnValue
    public ItemFeaturesBuilder progress(ProgressListener listener) {
        progress = listener;
        return this;
    }

    /**
     * Encodes what is not in the cache yet. A run that was stopped is taken up by the next one.
     *
     * @return the matrices
     * @throws IllegalStateException if nothing was asked for
     * @throws ArtifactException if the cache cannot be written
     */
    public ItemFeatures build() {
        checkState(!steps.isEmpty(), "text(columns), images() or another kind must be asked for before build()");
        Map<Modality, FeatureMatrix> matrices = new EnumMap<>(Modality.class);
        Map<Modality, PreparationReport> reports = new EnumMap<>(Modality.class);
        variants.clear();
        steps.forEach((modality, step) -> {
            PreparationReport.Collector report = PreparationReport.collecting(ItemEncoding.name(modality));
            matrices.put(modality, step.run(report));
            reports.put(modality, report.report());
        });
        return new ItemFeatures(matrices, variants, reports);
    }

    private ItemFeaturesBuilder put(Modality modality, Step step) {
        steps.put(modality, step);
        return this;
    }

    private Column column(String name) {
        Table table = dataset.itemTable();
        return table.column(name)
                .orElseThrow(() -> new DatasetException("the items have no column \"" + name + "\"; their columns are "
                        + table.columns().stream().map(Column::name).toList() + "."));
    }

    private void count(FeatureMatrix matrix, String reason, PreparationReport.Collector report) {
        for (int item = 0; item < matrix.rows(); item++) {
            if (matrix.present(item)) {
                report.keep();
            } else {
                report.drop(reason, "item " + dataset.items().id(item));
            }
        }
    }

    private FeatureMatrix texts(List<Column> columns, TextEncoder encoder, PreparationReport.Collector report) {
        FeatureMatrix originals = encoding(encoder, report).run(item -> text(columns, item));
        augmenter.ifPresent(changes -> addVariants(columns, encoder, changes));
        return originals;
    }

    /** A text with fewer variants than were asked for stands for the missing ones itself. */
    private void addVariants(List<Column> columns, TextEncoder encoder, TextAugmenter changes) {
        Map<Integer, List<String>> versions = new HashMap<>();
        for (int number = 1; number <= numVariants; number++) {
            int wanted = number;
            variants.add(encoding(encoder, PreparationReport.collecting("variant " + number))
                    .run(item -> {
                        String text = text(columns, item);
                        List<String> all =
                                versions.computeIfAbsent(item, missing -> changes.variants(text, numVariants));
                        return all.get(wanted < all.size() ? wanted : 0);
                    }));
        }
    }

    private ItemEncoding<String> encoding(TextEncoder encoder, PreparationReport.Collector report) {
        return new ItemEncoding<>(dataset.items(), encoder, progress, report);
    }

    private String text(List<Column> columns, int item) throws ItemEncoding.SkippedException {
        String text = cleaning.apply(columns.stream()
                .map(column -> column.values().get(item))
                .filter(value -> !value.isBlank())
                .collect(Collectors.joining(". ")));
        if (text.isEmpty()) {
            throw new ItemEncoding.SkippedException("missing", "no text");
        }
        return text;
    }

    private ItemFeaturesBuilder files(Modality modality, Encoder<byte[]> encoder, ItemFiles files) {
        return put(
                modality,
                report -> new ItemEncoding<byte[]>(dataset.items(), encoder, progress, report).run(item -> {
                    byte[] file = files.read(item, dataset.items().id(item));
                    if (modality == Modality.IMAGE) {
                        checkSize(file);
                    }
                    return file;
                }));
    }

    private void checkSize(byte[] file) throws ItemEncoding.SkippedException {
        Optional<ImageInspector.Problem> problem = inspector.inspect(file).problem();
        if (problem.isPresent() && problem.get().reason().startsWith("too ")) {
            throw new ItemEncoding.SkippedException(
                    problem.get().reason(), problem.get().detail());
        }
    }
}
