package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.prepare.PreparationReport;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The vectors of a data set's items, one matrix for each kind of content, and what was left out on the way.
 *
 * <pre>{@code
 * ItemFeatures features = ItemFeatures.builder(dataset, cache)
 *         .text("title", "plot")
 *         .images()
 *         .numbers(NumericScaler.fit(Method.STANDARD, dataset.itemTable(), List.of("year"), trained::get))
 *         .build();
 * FeatureMatrix posters = features.matrix(Modality.IMAGE);
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 */
public final class ItemFeatures {
    private final Map<Modality, FeatureMatrix> matrices;
    private final List<FeatureMatrix> variants;
    private final Map<Modality, PreparationReport> reports;

    ItemFeatures(
            Map<Modality, FeatureMatrix> matrices,
            List<FeatureMatrix> variants,
            Map<Modality, PreparationReport> reports) {
        this.matrices = Collections.unmodifiableMap(new EnumMap<>(matrices));
        this.variants = List.copyOf(variants);
        this.reports = Collections.unmodifiableMap(new EnumMap<>(reports));
    }

    /**
     * Starts to collect features.
     *
     * @param dataset whose items
     * @param cache has an encoder for each kind of content that will be asked for
     * @return the builder
     */
    public static ItemFeaturesBuilder builder(Dataset dataset, FeatureCache cache) {
        return new ItemFeaturesBuilder(dataset, cache);
    }

    /** {@return the matrices, each with one row per item of the data set} */
    public Map<Modality, FeatureMatrix> matrices() {
        return matrices;
    }

    /**
     * {@return the matrix of one kind of content}
     *
     * @param modality a kind that was asked for
     * @throws IllegalArgumentException if it was not
     */
    public FeatureMatrix matrix(Modality modality) {
        FeatureMatrix matrix = matrices.get(modality);
        checkArgument(matrix != null, "modality must be one of %s, got %s", matrices.keySet(), modality);
        return java.util.Objects.requireNonNull(matrix);
    }

    /** {@return the items' contents as an augmenter changed them, for training to draw from; empty if there is none} */
    public List<FeatureMatrix> variants() {
        return variants;
    }

    /** {@return what was kept and left out of each kind of content, and why} */
    public Map<Modality, PreparationReport> reports() {
        return reports;
    }

    @Override
    public String toString() {
        return matrices.values() + " " + reports.values();
    }
}
