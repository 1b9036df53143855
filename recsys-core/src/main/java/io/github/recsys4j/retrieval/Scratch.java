package io.github.recsys4j.retrieval;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** Native room for a block of queries and a panel of their scores, used by one thread at a time. */
final class Scratch {
    /** Scores copied to the heap at a time. */
    private static final int CHUNK = 4096;

    private final int dim;
    private final FloatPointer vectors;
    private final FloatPointer queries;
    private final FloatPointer scores;
    private final FloatBuffer queryBuffer;
    private final FloatBuffer scoreBuffer;
    private final float[] chunk = new float[CHUNK];

    Scratch(FloatPointer vectors, int dim, Tiling.Capacity capacity) {
        this.dim = dim;
        this.vectors = new FloatPointer(vectors);
        queries = new FloatPointer((long) capacity.queries() * dim);
        scores = new FloatPointer((long) capacity.scores());
        queryBuffer = queries.asBuffer();
        scoreBuffer = scores.asBuffer();
    }

    /** Puts a query into a place of the block. */
    void query(int place, float[] source, int row) {
        queryBuffer.put(place * dim, source, row * dim, dim);
    }

    /** Computes the scores of a range of items for the first queries of the block, panel by panel, and offers them. */
    void search(int from, int to, Selection[] selections, Tiling tiling) {
        for (int first = from; first < to; first += tiling.panel()) {
            int items = Math.min(tiling.panel(), to - first);
            multiply(first, items, selections.length, tiling.step());
            for (int query = 0; query < selections.length; query++) {
                selections[query].take(scoreBuffer, query * items, first, items, chunk);
            }
        }
    }

    private void multiply(int first, int items, int count, int step) {
        for (int done = 0; done < items; done += step) {
            int some = Math.min(step, items - done);
            vectors.position((long) (first + done) * dim);
            scores.position(done);
            if (count == 1) {
                gemm(some, 1, vectors, queries, 1);
            } else {
                gemm(count, some, queries, vectors, items);
            }
        }
    }

    private void gemm(int rows, int columns, FloatPointer left, FloatPointer right, int width) {
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                rows,
                columns,
                dim,
                1,
                left,
                dim,
                right,
                dim,
                0,
                scores,
                width);
    }

    void close() {
        queries.close();
        scores.close();
    }
}
