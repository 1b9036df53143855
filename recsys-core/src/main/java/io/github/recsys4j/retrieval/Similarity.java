package io.github.recsys4j.retrieval;

/**
 * How an index compares a query with an item's vector. It belongs to the model that made the vectors, so whoever builds an
 * index states it; nothing is guessed from the vectors.
 */
public enum Similarity {
    /** {@code dot(query, vector)}, what this library's models are trained with. */
    INNER_PRODUCT,

    /**
     * {@code dot(query, vector) / (|query| * |vector|)}, in [-1, 1] up to rounding; 0 where a vector has no length. The index
     * keeps vectors of length 1.
     */
    COSINE;

    /**
     * Prepares vectors or queries so that their inner products are what is compared.
     *
     * @param rows row-major
     * @param dim floats in a row
     * @return the same array for {@link #INNER_PRODUCT}; a copy whose rows have length 1 for {@link #COSINE}, where rows of zeros stay
     */
    public float[] prepared(float[] rows, int dim) {
        return this == COSINE ? Dots.unit(rows, dim) : rows;
    }
}
