package io.github.recsys4j.benchmark;

import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.TopK;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * An inverted file of unit vectors, for comparison: k-means divides them into lists that lie side by side, and a query looks at all
 * vectors of the lists with the nearest centres, at the speed of OpenBLAS. What it lacks of an index (changes, filters,
 * files) would only make it slower.
 */
final class InvertedFile implements AutoCloseable {
    private static final int ROUNDS = 8;
    private static final int SAMPLE_PER_LIST = 64;

    /** Rows of a product that stays on the caller's thread. */
    private static final int STEP = 1024;

    private final int dim;
    private final int[] starts;
    private final int[] items;
    private final FloatPointer rows;
    private final FloatPointer view;
    private final FloatPointer query;
    private final FloatPointer scores = new FloatPointer((long) STEP);
    private final FloatBuffer scoreBuffer = scores.asBuffer();
    private final float[] room = new float[STEP];
    private final ExactIndex centres;

    InvertedFile(float[] vectors, int dim, int lists) {
        this.dim = dim;
        centres = ExactIndex.of(trained(vectors, dim, lists), dim);
        int[] list = nearest(centres, vectors);
        starts = new int[lists + 1];
        Arrays.stream(list).forEach(number -> starts[number + 1]++);
        Arrays.parallelPrefix(starts, Integer::sum);
        items = new int[list.length];
        int[] next = starts.clone();
        float[] sorted = new float[vectors.length];
        for (int item = 0; item < list.length; item++) {
            int place = next[list[item]]++;
            items[place] = item;
            System.arraycopy(vectors, item * dim, sorted, place * dim, dim);
        }
        rows = new FloatPointer(sorted);
        view = new FloatPointer(rows);
        query = new FloatPointer((long) dim);
    }

    private static float[] trained(float[] vectors, int dim, int lists) {
        int count = Math.min(vectors.length / dim, lists * SAMPLE_PER_LIST);
        int step = vectors.length / dim / count;
        float[] sample = new float[count * dim];
        for (int row = 0; row < count; row++) {
            System.arraycopy(vectors, row * step * dim, sample, row * dim, dim);
        }
        float[] centres = Arrays.copyOf(sample, lists * dim);
        for (int round = 0; round < ROUNDS; round++) {
            try (ExactIndex index = ExactIndex.of(centres, dim)) {
                centres = means(sample, dim, nearest(index, sample), centres);
            }
        }
        return centres;
    }

    /** Means brought to length 1; a list without vectors keeps its centre. */
    private static float[] means(float[] sample, int dim, int[] list, float[] before) {
        double[] sums = new double[before.length];
        for (int row = 0; row < list.length; row++) {
            for (int d = 0; d < dim; d++) {
                sums[list[row] * dim + d] += sample[row * dim + d];
            }
        }
        float[] means = before.clone();
        for (int from = 0; from < sums.length; from += dim) {
            double squares = 0;
            for (int d = from; d < from + dim; d++) {
                squares += sums[d] * sums[d];
            }
            for (int d = from; d < from + dim && squares > 0; d++) {
                means[d] = (float) (sums[d] / Math.sqrt(squares));
            }
        }
        return means;
    }

    private static int[] nearest(ExactIndex centres, float[] vectors) {
        List<RankedItems> found = centres.topKBatch(vectors, 1, row -> ItemFilter.none());
        return found.stream().mapToInt(ranked -> ranked.item(0)).toArray();
    }

    RankedItems topK(float[] asked, int k, int probes) {
        query.put(asked);
        TopK best = new TopK(k);
        for (int list : centres.topK(asked, probes).items()) {
            for (int from = starts[list]; from < starts[list + 1]; from += STEP) {
                look(from, Math.min(STEP, starts[list + 1] - from), best);
            }
        }
        return best.drain();
    }

    private void look(int from, int count, TopK best) {
        view.position((long) from * dim);
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                count,
                1,
                dim,
                1,
                view,
                dim,
                query,
                dim,
                0,
                scores,
                1);
        scoreBuffer.get(0, room, 0, count);
        for (int row = 0; row < count; row++) {
            best.offer(items[from + row], room[row]);
        }
    }

    @Override
    public void close() {
        centres.close();
        rows.close();
        query.close();
        scores.close();
    }
}
