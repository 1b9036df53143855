package io.github.recsys4j.retrieval;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native room for a block of queries and its scores, used by one thread at a time. */
final class Scratch {
    /** Scores copied to the heap at a time, where scanning is fastest. */
    private static final int CHUNK = 4096;

    final int capacity;
    private final int items;
    private final int dim;
    private final INDArray queries;
    private final INDArray scores;
    private final FloatBuffer queryBuffer;
    private final FloatBuffer scoreBuffer;
    private final float[] chunk;

    Scratch(int items, int dim, int capacity) {
        this.capacity = capacity;
        this.items = items;
        this.dim = dim;
        queries = capacity == 1
                ? Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', dim, 1)
                : Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', capacity, dim);
        scores = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', items, capacity);
        queryBuffer = queries.data().asNioFloat();
        scoreBuffer = scores.data().asNioFloat();
        chunk = new float[Math.min(items, CHUNK)];
    }

    /** Computes the scores of some queries; those of an earlier, longer block stay behind them. */
    void multiply(INDArray vectors, float[] source, int first, int count) {
        queryBuffer.put(0, source, first * dim, count * dim);
        if (capacity == 1) {
            vectors.mmuli(queries, scores);
        } else {
            Nd4j.gemm(vectors, rows(queries, count), columns(scores, count), false, true, 1, 0);
        }
    }

    private static INDArray rows(INDArray matrix, int count) {
        return view(matrix, 'c', count, matrix.size(1));
    }

    private static INDArray columns(INDArray matrix, int count) {
        return view(matrix, 'f', matrix.size(0), count);
    }

    private static INDArray view(INDArray matrix, char order, long rows, long columns) {
        long[] stride = order == 'c' ? new long[] {columns, 1} : new long[] {1, rows};
        return Nd4j.create(matrix.data(), new long[] {rows, columns}, stride, 0L, order);
    }

    /** Filters a query's scores, in place, and offers what is left. */
    void offer(int row, ItemFilter filter, TopK top) {
        int start = row * items;
        for (int item : filter.excluded()) {
            scoreBuffer.put(start + item, TopK.NEVER);
        }
        if (filter.candidates().isPresent()) {
            for (int item : filter.candidates().get()) {
                top.offer(item, scoreBuffer.get(start + item));
            }
        } else if (filter.bitmap().isPresent()) {
            offer(start, filter.bitmap().get(), top);
        } else {
            offerAll(start, top);
        }
    }

    private void offer(int start, long[] bitmap, TopK top) {
        for (int word = 0; word < bitmap.length; word++) {
            for (long bits = bitmap[word]; bits != 0; bits &= bits - 1) {
                int item = 64 * word + Long.numberOfTrailingZeros(bits);
                top.offer(item, scoreBuffer.get(start + item));
            }
        }
    }

    private void offerAll(int start, TopK top) {
        for (int item = 0; item < items; item += chunk.length) {
            int length = Math.min(chunk.length, items - item);
            scoreBuffer.get(start + item, chunk, 0, length);
            top.offerAll(item, chunk, length);
        }
    }

    void close() {
        queries.close();
        scores.close();
    }
}
