package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Any vectors of items, such as content features or embeddings, to say how alike two items are.
 *
 * <p>A row of zeros means that nothing is known of the item; metrics leave it out. Thread-safety: immutable.
 */
public final class ItemVectors {
    private final float[] vectors;
    private final int dim;

    private ItemVectors(float[] vectors, int dim) {
        this.vectors = vectors;
        this.dim = dim;
    }

    /**
     * Copies vectors.
     *
     * @param vectors shape {@code [items, dim]}, row-major, finite; a row of zeros where nothing is known
     * @param dim the width of a vector, at least 1
     * @return the vectors
     * @throws IllegalArgumentException if the last row is not whole, or a value is not finite
     */
    public static ItemVectors of(float[] vectors, int dim) {
        checkArgument(dim >= 1, "dim must be at least 1, got %s", dim);
        checkArgument(
                vectors.length % dim == 0,
                "vectors must hold whole rows of dim = %s floats, got %s floats",
                dim,
                vectors.length);
        for (int i = 0; i < vectors.length; i++) {
            checkArgument(
                    Float.isFinite(vectors[i]),
                    "vectors must be finite, got %s in row %s",
                    (Float) vectors[i],
                    (Integer) (i / dim));
        }
        return new ItemVectors(vectors.clone(), dim);
    }

    int dim() {
        return dim;
    }

    /** The length of an item's vector, 0 if nothing is known of the item. */
    double norm(int item) {
        double squares = 0;
        for (int d = 0; d < dim; d++) {
            squares += (double) at(item, d) * at(item, d);
        }
        return Math.sqrt(squares);
    }

    float at(int item, int d) {
        return vectors[item * dim + d];
    }

    double distance(int first, int second) {
        double squares = 0;
        for (int d = 0; d < dim; d++) {
            double difference = (double) at(first, d) - at(second, d);
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    /** Adds an item's vector, stretched. */
    void addTo(double[] sum, int item, double factor) {
        for (int d = 0; d < dim; d++) {
            sum[d] += factor * at(item, d);
        }
    }
}
