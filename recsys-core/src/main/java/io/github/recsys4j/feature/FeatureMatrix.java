package io.github.recsys4j.feature;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;
import static com.google.common.base.Preconditions.checkState;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.prepare.DenseRows;
import java.nio.FloatBuffer;
import java.util.BitSet;

/**
 * One vector per item of a vocabulary, and which items have one. An item without a vector has a row of zeros that must
 * not be taken for content: ask {@link #present(int)}.
 *
 * <p>All rows lie in one array, at most 2<sup>31</sup> - 1 floats. Thread-safety: immutable.
 */
public final class FeatureMatrix {
    private final Modality modality;
    private final int rows;
    private final int dim;
    private final float[] values;
    private final BitSet present;

    private FeatureMatrix(Modality modality, int rows, int dim, float[] values, BitSet present) {
        this.modality = modality;
        this.rows = rows;
        this.dim = dim;
        this.values = values;
        this.present = present;
    }

    /**
     * Starts a matrix without any vector.
     *
     * @param modality what the vectors are made from
     * @param rows how many items there are, at least 0
     * @param dim floats in each vector, at least 1
     * @return the builder
     * @throws IllegalArgumentException if a size is out of range, or {@code rows * dim} exceeds 2<sup>31</sup> - 9
     */
    public static Builder builder(Modality modality, int rows, int dim) {
        return new Builder(modality, rows, dim);
    }

    /**
     * Takes the rows of scaled numbers or encoded categories.
     *
     * @param modality {@link Modality#NUMBERS} or {@link Modality#CATEGORIES}
     * @param rows a row for each item
     * @return the same rows
     */
    public static FeatureMatrix of(Modality modality, DenseRows rows) {
        Builder matrix = builder(modality, rows.rows(), rows.dim());
        for (int item = 0; item < rows.rows(); item++) {
            if (rows.present(item)) {
                matrix.put(item, rows.row(item));
            }
        }
        return matrix.build();
    }

    /** {@return what the vectors are made from} */
    public Modality modality() {
        return modality;
    }

    /** {@return how many items there are, with or without a vector} */
    public int rows() {
        return rows;
    }

    /** {@return floats in each vector} */
    public int dim() {
        return dim;
    }

    /**
     * {@return whether an item has a vector}
     *
     * @param item from 0 to {@code rows() - 1}
     * @throws IndexOutOfBoundsException if the item is outside that range
     */
    public boolean present(int item) {
        return present.get(checkElementIndex(item, rows, "item"));
    }

    /** {@return how many items have a vector} */
    public int numPresent() {
        return present.cardinality();
    }

    /** {@return a read-only view of all rows, row-major {@code [rows, dim]}, zeros where an item has no vector} */
    public FloatBuffer values() {
        return FloatBuffer.wrap(values).asReadOnlyBuffer();
    }

    /**
     * {@return a copy of an item's vector, or zeros if it has none}
     *
     * @param item from 0 to {@code rows() - 1}
     * @throws IndexOutOfBoundsException if the item is outside that range
     */
    public float[] row(int item) {
        float[] row = new float[dim];
        copyRow(item, row, 0);
        return row;
    }

    /**
     * Copies an item's vector, or zeros if it has none.
     *
     * @param item from 0 to {@code rows() - 1}
     * @param target where to
     * @param offset place of the first float in the target
     * @throws IndexOutOfBoundsException if the item or the place is out of range
     */
    public void copyRow(int item, float[] target, int offset) {
        System.arraycopy(values, checkElementIndex(item, rows, "item") * dim, target, offset, dim);
    }

    /**
     * Lines the vectors up with another vocabulary, such as that of a filtered data set. Items that only the other
     * vocabulary knows have no vector.
     *
     * @param from the items of this matrix
     * @param to the items of the result
     * @return one row per item of {@code to}
     * @throws IllegalArgumentException if {@code from} has not one id per row
     */
    public FeatureMatrix align(Vocabulary from, Vocabulary to) {
        checkArgument(
                from.size() == rows,
                "vocabulary of the matrix must have one id for each of %s rows, got %s",
                rows,
                from.size());
        Builder aligned = builder(modality, to.size(), dim);
        for (int item = 0; item < to.size(); item++) {
            int row = from.indexOf(to.id(item));
            if (row != Vocabulary.UNKNOWN && present.get(row)) {
                aligned.put(item, values, row * dim);
            }
        }
        return aligned.build();
    }

    @Override
    public String toString() {
        return "FeatureMatrix[" + modality + ", " + rows + " x " + dim + ", " + numPresent() + " present]";
    }

    /** Collects vectors. Not thread-safe. */
    public static final class Builder {
        private static final int MAX_FLOATS = Integer.MAX_VALUE - 8;

        private final Modality modality;
        private final int rows;
        private final int dim;
        private final float[] values;
        private final BitSet present;
        private boolean built;

        private Builder(Modality modality, int rows, int dim) {
            checkArgument(rows >= 0, "rows must be at least 0, got %s", rows);
            checkArgument(dim >= 1, "dim must be at least 1, got %s", dim);
            checkArgument(
                    (long) rows * dim <= MAX_FLOATS,
                    "rows * dim must be at most %s floats, got %s * %s: use an encoder with shorter vectors",
                    MAX_FLOATS,
                    rows,
                    dim);
            this.modality = modality;
            this.rows = rows;
            this.dim = dim;
            values = new float[rows * dim];
            present = new BitSet(rows);
        }

        /**
         * Sets an item's vector.
         *
         * @param item from 0 to {@code rows - 1}
         * @param vector {@code dim} finite floats
         * @return this
         * @throws IllegalArgumentException if the vector has another length or a value that is not finite
         * @throws IndexOutOfBoundsException if the item is out of range
         */
        @CanIgnoreReturnValue
        public Builder put(int item, float[] vector) {
            checkArgument(
                    vector.length == dim,
                    "vector of item %s must have dim = %s floats, got %s",
                    item,
                    dim,
                    vector.length);
            return put(item, vector, 0);
        }

        /**
         * Sets an item's vector from a row of a larger array.
         *
         * @param item from 0 to {@code rows - 1}
         * @param vectors holds {@code dim} finite floats from the offset on
         * @param offset place of the first one
         * @return this
         * @throws IllegalArgumentException if a value is not finite
         * @throws IndexOutOfBoundsException if the item or the offset is out of range
         */
        @CanIgnoreReturnValue
        public Builder put(int item, float[] vectors, int offset) {
            checkOpen();
            checkElementIndex(item, rows, "item");
            for (int at = 0; at < dim; at++) {
                checkArgument(
                        Float.isFinite(vectors[offset + at]),
                        "vector of item %s must be finite, got %s in column %s",
                        item,
                        vectors[offset + at],
                        at);
            }
            System.arraycopy(vectors, offset, values, item * dim, dim);
            present.set(item);
            return this;
        }

        /**
         * Finishes the matrix; the builder must not be used afterwards.
         *
         * @return the matrix
         */
        public FeatureMatrix build() {
            checkOpen();
            built = true;
            return new FeatureMatrix(modality, rows, dim, values, present);
        }

        private void checkOpen() {
            checkState(!built, "the matrix was built already: start another builder");
        }
    }
}
