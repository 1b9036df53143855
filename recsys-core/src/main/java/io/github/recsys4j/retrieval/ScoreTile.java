package io.github.recsys4j.retrieval;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native room for a block of queries and their scores of neighbouring items, used by one thread at a time. */
final class ScoreTile {
    private final INDArray vectors;
    private final int width;
    private final INDArray queries;
    private final INDArray scores;
    private final FloatBuffer queryBuffer;
    private final FloatBuffer scoreBuffer;
    private final float[] column;
    private int count;
    private int first;
    private int length;

    ScoreTile(INDArray vectors, int width, int capacity) {
        this.vectors = vectors;
        this.width = width;
        queries = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', capacity, vectors.size(1));
        scores = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', width, capacity);
        queryBuffer = queries.data().asNioFloat();
        scoreBuffer = scores.data().asNioFloat();
        column = new float[width];
    }

    /** Takes queries from a matrix of them. */
    ScoreTile load(float[] source, int firstRow, int numRows) {
        int dim = (int) vectors.size(1);
        queryBuffer.put(0, source, firstRow * dim, numRows * dim);
        count = numRows;
        return this;
    }

    /** Computes the scores of the items from that one on. */
    void multiply(int firstItem) {
        long dim = vectors.size(1);
        first = firstItem;
        length = Math.min(width, (int) vectors.size(0) - firstItem);
        INDArray items = view(vectors, length, dim, firstItem * dim, 'c');
        Nd4j.gemm(items, view(queries, count, dim, 0, 'c'), view(scores, length, count, 0, 'f'), false, true, 1, 0);
    }

    private static INDArray view(INDArray matrix, long rows, long columns, long offset, char order) {
        long[] stride = order == 'c' ? new long[] {columns, 1} : new long[] {1, rows};
        return Nd4j.create(matrix.data(), new long[] {rows, columns}, stride, offset, order);
    }

    /** How many queries there are. */
    int count() {
        return count;
    }

    /** How many items fit. */
    int width() {
        return width;
    }

    /** The first item of the tile. */
    int first() {
        return first;
    }

    /** How many items the tile holds. */
    int length() {
        return length;
    }

    /** A query's scores, in an array that the next call overwrites; what the caller writes into it does no harm. */
    float[] column(int row) {
        scoreBuffer.get(row * length, column, 0, length);
        return column;
    }

    void close() {
        queries.close();
        scores.close();
    }
}
