package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

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

/**
 * What is known of the items of a training run beside who interacted with them. Immutable and safe for many threads.
 *
 * @param matrices one for each modality, each with one row per item
 */
public record ItemFeatures(List<FeatureMatrix> matrices) {

    /**
     * Checks that the matrices fit together.
     *
     * @param matrices each modality at most once, all with the same number of rows
     */
    public ItemFeatures {
        matrices = List.copyOf(matrices);
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
    }

    /** {@return features that know nothing} */
    public static ItemFeatures none() {
        return new ItemFeatures(List.of());
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
        for (FeatureMatrix matrix : matrices) {
            hasher.putString(matrix.toString(), StandardCharsets.UTF_8);
            FloatBuffer values = matrix.values();
            IntStream.range(0, values.capacity()).forEach(i -> hasher.putFloat(values.get(i)));
            IntStream.range(0, matrix.rows()).forEach(item -> hasher.putBoolean(matrix.present(item)));
        }
        return hasher.hash().toString().substring(0, 16);
    }
}
