package io.github.recsys4j.retrieval;

import java.util.Random;

/** Vectors in clusters, as items of a catalogue lie. */
final class Clusters {
    private Clusters() {}

    /** Centres come from one seed, so that queries of another seed lie in the same clusters. */
    static float[] vectors(int rows, int dim, long seed) {
        float[] centres = normal(50 * dim, 1, 99);
        Random random = new Random(seed);
        float[] vectors = new float[rows * dim];
        for (int row = 0; row < rows; row++) {
            int centre = random.nextInt(50);
            for (int d = 0; d < dim; d++) {
                vectors[row * dim + d] = centres[centre * dim + d] + 0.7f * (float) random.nextGaussian();
            }
        }
        return vectors;
    }

    static float[] units(int rows, int dim, long seed) {
        return Dots.unit(vectors(rows, dim, seed), dim);
    }

    /** Lengths that differ by a factor of about twenty, as those of popular and rare items do. */
    static float[] ofManyLengths(int rows, int dim, long seed) {
        float[] vectors = units(rows, dim, seed);
        Random random = new Random(seed + 1);
        for (int row = 0; row < rows; row++) {
            float length = (float) Math.exp(0.6 * random.nextGaussian());
            for (int d = 0; d < dim; d++) {
                vectors[row * dim + d] *= length;
            }
        }
        return vectors;
    }

    static float[] normal(int count, double spread, long seed) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (spread * random.nextGaussian());
        }
        return values;
    }
}
