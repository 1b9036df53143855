package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Iterables;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.network.ContentInput;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is known of the items of a training run beside who interacted with them. Immutable and safe for many threads.
 *
 * @param matrices one for each modality, each with one row per item
 * @param variants the same items otherwise, as an augmenter made them: at each step training reads a modality's matrix or
 *     one of its variants, each equally likely; the finished tables are made of the matrices
 */
public record ContentMatrices(List<FeatureMatrix> matrices, List<FeatureMatrix> variants) {

    /**
     * Checks that the matrices fit together.
     *
     * @param matrices each modality at most once, all with the same number of rows
     * @param variants each of the modality, width and presence of one of the matrices; may be empty
     */
    public ContentMatrices {
        matrices = List.copyOf(matrices);
        variants = List.copyOf(variants);
        Set<Modality> seen = EnumSet.noneOf(Modality.class);
        for (FeatureMatrix matrix : matrices) {
            checkArgument(
                    seen.add(matrix.modality()),
                    "features must have each modality once, given %s twice: join its vectors to one first",
                    matrix.modality());
            checkArgument(
                    matrix.rows() == matrices.get(0).rows(),
                    "features must have one row for each item, given %s",
                    matrices);
        }
        for (FeatureMatrix variant : variants) {
            checkArgument(
                    matrices.stream().anyMatch(matrix -> isVariant(variant, matrix)),
                    "a variant must have the modality, width and items of one of %s, given %s",
                    matrices,
                    variant);
        }
    }

    private static boolean isVariant(FeatureMatrix variant, FeatureMatrix matrix) {
        return variant.modality() == matrix.modality()
                && variant.dim() == matrix.dim()
                && variant.rows() == matrix.rows()
                && IntStream.range(0, matrix.rows()).allMatch(item -> variant.present(item) == matrix.present(item));
    }

    /** {@return features that know nothing} */
    public static ContentMatrices none() {
        return of(List.of());
    }

    /**
     * {@return features without variants}
     *
     * @param matrices one for each modality, each with one row per item
     * @throws IllegalArgumentException if they do not fit together
     */
    public static ContentMatrices of(List<FeatureMatrix> matrices) {
        return new ContentMatrices(matrices, List.of());
    }

    /**
     * Measures the features over the items that training knows.
     *
     * @param counts interactions of each item in the training data
     * @return what a network is told of them
     */
    public List<ContentInput> inputs(int[] counts) {
        return matrices.stream()
                .map(matrix -> ContentInput.of(matrix, item -> counts[item] > 0))
                .toList();
    }

    /** Checks that a network reads just these. */
    void requireFor(SequenceNetwork network) {
        List<String> wanted = network.content()
                .map(content ->
                        content.inputs().stream().map(ContentInput::toString).toList())
                .orElse(List.of());
        List<String> given = matrices.stream()
                .map(matrix -> matrix.modality() + ":" + matrix.dim())
                .toList();
        checkArgument(wanted.equals(given), "features must be those of the network, %s, given %s", wanted, given);
        checkArgument(
                matrices.isEmpty() || matrices.get(0).rows() == network.items(),
                "features must have one row for each of the network's %s items, given %s",
                network.items(),
                matrices);
    }

    /** A modality's matrix and its variants. */
    List<FeatureMatrix> versions(FeatureMatrix matrix) {
        return Stream.concat(
                        Stream.of(matrix), variants.stream().filter(variant -> variant.modality() == matrix.modality()))
                .toList();
    }

    int rows() {
        return matrices.isEmpty() ? 0 : matrices.get(0).rows();
    }

    /** 1 where an item has the content and 0 elsewhere, {@code [items, modalities]}. */
    float[] presence() {
        int columns = matrices.size();
        float[] presence = new float[rows() * columns];
        for (int item = 0; item < rows(); item++) {
            for (int column = 0; column < columns; column++) {
                presence[item * columns + column] = matrices.get(column).present(item) ? 1 : 0;
            }
        }
        return presence;
    }

    boolean anyOf(int item) {
        return matrices.stream().anyMatch(matrix -> matrix.present(item));
    }

    /** A short digest, for telling runs apart. */
    String digest() {
        Hasher hasher = Hashing.sha256().newHasher();
        for (FeatureMatrix matrix : Iterables.concat(matrices, variants)) {
            hasher.putString(matrix.toString(), StandardCharsets.UTF_8);
            FloatBuffer values = matrix.values();
            IntStream.range(0, values.capacity()).forEach(i -> hasher.putFloat(values.get(i)));
            IntStream.range(0, matrix.rows()).forEach(item -> hasher.putBoolean(matrix.present(item)));
        }
        return hasher.hash().toString().substring(0, 16);
    }
}
