package io.github.recsys4j.retrieval;

/** Inner products of floats, with sums that the processor can compute side by side: Java 17's compiler leaves one sum in a row. */
final class Dots {
    private Dots() {}

    static float dot(float[] one, float[] other) {
        float a = 0;
        float b = 0;
        float c = 0;
        float d = 0;
        int i = 0;
        for (int end = one.length - 3; i < end; i += 4) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
        }
        for (; i < one.length; i++) {
            a += one[i] * other[i];
        }
        return (a + b) + (c + d);
    }

    /** The length of one row of a matrix. */
    static double length(float[] rows, int row, int dim) {
        double sum = 0;
        for (int i = row * dim; i < (row + 1) * dim; i++) {
            sum += (double) rows[i] * rows[i];
        }
        return Math.sqrt(sum);
    }

    /** A copy whose rows have length 1; rows of zeros stay. */
    static float[] unit(float[] rows, int dim) {
        float[] unit = rows.clone();
        for (int row = 0; row < rows.length / dim; row++) {
            double length = length(rows, row, dim);
            for (int i = row * dim; length > 0 && i < (row + 1) * dim; i++) {
                unit[i] = (float) (rows[i] / length);
            }
        }
        return unit;
    }
}
