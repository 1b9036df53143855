package io.github.recsys4j.eval;

import com.google.common.primitives.Ints;
import io.github.recsys4j.eval.metric.Standing;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Ranks of targets among all candidates, by counting who scores higher: no list is sorted.
 *
 * <p>A second matrix product beside the one that finds the best. Its sums may round otherwise, so a target that is in
 * the list keeps its place there, and no other is counted into the list.
 *
 * <p>Memory: a copy of the item vectors and about half a million scores, outside the Java heap. Not thread-safe.
 */
final class TargetRanks implements AutoCloseable {
    private static final int BLOCK_SCORES = 1 << 19;
    private static final int MAX_BLOCK = 128;

    private final Task task;
    private final int size;
    private final int dim;
    private final int block;
    private final INDArray vectors;
    private final INDArray queries;
    private final INDArray scores;
    private final float[] column;

    TargetRanks(Task task, float[] items, int dim) {
        this.task = task;
        this.dim = dim;
        size = items.length / dim;
        block = Math.max(1, Math.min(MAX_BLOCK, BLOCK_SCORES / size));
        vectors = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', size, dim);
        vectors.data().asNioFloat().put(0, items, 0, items.length);
        queries = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', block, dim);
        scores = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', size, block);
        column = new float[size];
    }

    /** Where the targets of neighbouring cases stand. */
    Standing[] standings(int first, float[] users, List<int[]> lists) {
        Standing[] standings = new Standing[lists.size()];
        for (int from = 0; from < standings.length; from += block) {
            int count = Math.min(block, standings.length - from);
            queries.data().asNioFloat().put(0, users, from * dim, count * dim);
            Nd4j.gemm(vectors, queries, scores, false, true, 1, 0);
            FloatBuffer buffer = scores.data().asNioFloat();
            for (int row = 0; row < count; row++) {
                buffer.get(row * size, column, 0, size);
                standings[from + row] = standing(first + from + row, lists.get(from + row));
            }
        }
        return standings;
    }

    private Standing standing(int index, int[] list) {
        BitSet allowed = task.allowed(index);
        int[] targets = task.findable(index, allowed);
        double[] ranks = new double[targets.length];
        for (int i = 0; i < ranks.length; i++) {
            int place = Ints.indexOf(list, targets[i]);
            ranks[i] = place >= 0 ? place + 1 : Math.max(list.length + 1, 1 + higher(targets[i], allowed));
        }
        return Standing.of(ranks, allowed.cardinality());
    }

    /** How many candidates stand before an item: higher scores, and equal ones with a lower index. */
    private int higher(int target, BitSet allowed) {
        float score = column[target];
        int all = 0;
        for (int item = 0; item < target; item++) {
            all += column[item] >= score ? 1 : 0;
        }
        for (int item = target + 1; item < size; item++) {
            all += column[item] > score ? 1 : 0;
        }
        int filtered = 0;
        for (int item = allowed.nextClearBit(0); item < size; item = allowed.nextClearBit(item + 1)) {
            boolean before = item < target ? column[item] >= score : column[item] > score;
            filtered += before ? 1 : 0;
        }
        return all - filtered;
    }

    @Override
    public void close() {
        Arrays.asList(vectors, queries, scores).forEach(INDArray::close);
    }
}
