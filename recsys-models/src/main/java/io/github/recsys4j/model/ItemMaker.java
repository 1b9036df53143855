package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.export.OnnxExporter;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes rows for new items from their contents, by the item tower in ONNX Runtime. Thread-safety: safe for many
 * threads.
 */
final class ItemMaker implements AutoCloseable {
    private static final int BLOCK = 1 << 12;

    private final String name;
    private final OrtModel tower;
    private final Manifest manifest;

    private ItemMaker(String name, OrtModel tower, Manifest manifest) {
        this.name = name;
        this.tower = tower;
        this.manifest = manifest;
    }

    /**
     * Takes a tower over and tries it.
     *
     * @throws ArtifactException if it does not read the contents or does not give the rows that the manifest tells of
     */
    static ItemMaker of(String name, OrtModel tower, Manifest manifest) {
        ItemMaker maker = new ItemMaker(name, tower, manifest);
        maker.requireInputs();
        float[] row = maker.run(OnnxExporter.ITEM_INPUT, maker.inputs(new EnumMap<>(Modality.class), 0, 1));
        if (row.length != manifest.shape().dim()) {
            throw new ArtifactException("Model file " + name + " gives rows of " + row.length + " floats, expected "
                    + manifest.shape().dim() + " as the manifest says. Save the model again");
        }
        return maker;
    }

    private void requireInputs() {
        Set<String> expected = new HashSet<>(Set.of(OnnxExporter.PRESENCE));
        manifest.contents().forEach(content -> expected.add(input(content.modality())));
        if (!expected.equals(Set.copyOf(tower.inputs()))) {
            throw new ArtifactException("Model file " + name + " reads " + tower.inputs() + ", expected " + expected
                    + " as the manifest says. Save the model again");
        }
    }

    private static String input(Modality modality) {
        return modality.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Rows {@code [items, dim]} for histories and for retrieval, and the shares of the contents and of the id, which is
     * not there, {@code [items, contents + 1]}.
     */
    record Made(FloatBuffer inputs, FloatBuffer vectors, FloatBuffer shares) {}

    /**
     * Makes rows.
     *
     * @param ids the items
     * @param features one row for each of them in that order
     * @throws IllegalArgumentException if features do not fit the model, or an item has none
     */
    Made make(List<String> ids, List<FeatureMatrix> features) {
        Map<Modality, FeatureMatrix> byModality = checked(ids, features);
        boolean separate = tower.outputs().contains(OnnxExporter.ITEM_VECTOR);
        int dim = manifest.shape().dim();
        float[] inputs = new float[Math.multiplyExact(ids.size(), dim)];
        float[] vectors = separate ? new float[inputs.length] : inputs;
        int parts = manifest.contents().size();
        float[] shares = new float[ids.size() * (parts + 1)];
        for (int from = 0; from < ids.size(); from += BLOCK) {
            int count = Math.min(BLOCK, ids.size() - from);
            Map<String, OrtTensor> block = inputs(byModality, from, count);
            System.arraycopy(run(OnnxExporter.ITEM_INPUT, block), 0, inputs, from * dim, count * dim);
            if (separate) {
                System.arraycopy(run(OnnxExporter.ITEM_VECTOR, block), 0, vectors, from * dim, count * dim);
            }
            float[] ofBlock = run(OnnxExporter.SHARES, block);
            for (int row = 0; row < count; row++) {
                System.arraycopy(ofBlock, row * parts, shares, (from + row) * (parts + 1), parts);
            }
        }
        return new Made(FloatBuffer.wrap(inputs), FloatBuffer.wrap(vectors), FloatBuffer.wrap(shares));
    }

    private Map<Modality, FeatureMatrix> checked(List<String> ids, List<FeatureMatrix> features) {
        Map<Modality, FeatureMatrix> byModality = new EnumMap<>(Modality.class);
        for (FeatureMatrix matrix : features) {
            checkArgument(
                    manifest.contents().contains(new Manifest.Content(matrix.modality(), matrix.dim())),
                    "features must be among those that the model was trained with, %s, got %s",
                    manifest.contents(),
                    matrix);
            checkArgument(
                    matrix.rows() == ids.size(),
                    "features must have one row for each of the %s new items, got %s",
                    ids.size(),
                    matrix);
            checkArgument(
                    byModality.put(matrix.modality(), matrix) == null,
                    "features must have each modality once, got %s twice",
                    matrix.modality());
        }
        for (int item = 0; item < ids.size(); item++) {
            int row = item;
            checkArgument(
                    features.stream().anyMatch(matrix -> matrix.present(row)),
                    "item \"%s\" has none of the contents %s: nothing can be said of it, leave it out",
                    ids.get(item),
                    manifest.contents());
        }
        return byModality;
    }

    private Map<String, OrtTensor> inputs(Map<Modality, FeatureMatrix> features, int from, int count) {
        List<Manifest.Content> contents = manifest.contents();
        float[] presence = new float[count * contents.size()];
        Map<String, OrtTensor> inputs = new LinkedHashMap<>();
        for (int column = 0; column < contents.size(); column++) {
            Manifest.Content content = contents.get(column);
            float[] values = new float[Math.multiplyExact(count, content.dim())];
            FeatureMatrix matrix = features.get(content.modality());
            for (int row = 0; matrix != null && row < count; row++) {
                matrix.copyRow(from + row, values, row * content.dim());
                presence[row * contents.size() + column] = matrix.present(from + row) ? 1 : 0;
            }
            inputs.put(input(content.modality()), OrtTensor.floats(values, count, content.dim()));
        }
        inputs.put(OnnxExporter.PRESENCE, OrtTensor.floats(presence, count, contents.size()));
        return inputs;
    }

    private float[] run(String output, Map<String, OrtTensor> inputs) {
        return tower.run(inputs, output).floats();
    }

    @Override
    public void close() {
        tower.close();
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(manifest.contents().toArray());
    }
}
