package io.github.recsys4j.model;

import io.github.recsys4j.model.export.OnnxExporter;
import io.github.recsys4j.model.runtime.OrtModel;
import io.github.recsys4j.model.runtime.OrtTensor;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import java.nio.FloatBuffer;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Ranks all items for a user by the scores of a network, block by block: what an index cannot do for a model whose
 * scores are no inner products. Thread-safety: safe for many threads.
 */
final class PairRanker implements AutoCloseable {
    private static final int BLOCK = 1 << 12;

    private final OrtModel scorer;
    private final int dim;

    PairRanker(OrtModel scorer, int dim) {
        this.scorer = scorer;
        this.dim = dim;
    }

    private record Scored(int item, float score) {}

    /** Best first; equal scores by item index. */
    private static final Comparator<Scored> BEST_FIRST =
            Comparator.comparingDouble((Scored scored) -> -scored.score()).thenComparingInt(Scored::item);

    /** A user vector against item vectors {@code [items, dim]}. */
    RankedItems topK(float[] user, FloatBuffer items, int k, ItemFilter filter) {
        float[] scores = scores(user, items);
        BitSet allowed = filter.allowed(scores.length);
        PriorityQueue<Scored> best = new PriorityQueue<>(BEST_FIRST.reversed());
        for (int item = allowed.nextSetBit(0); item >= 0; item = allowed.nextSetBit(item + 1)) {
            best.add(new Scored(item, scores[item]));
            if (best.size() > k) {
                best.remove();
            }
        }
        int[] found = new int[best.size()];
        float[] foundScores = new float[found.length];
        for (int place = found.length - 1; place >= 0; place--) {
            Scored last = best.remove();
            found[place] = last.item();
            foundScores[place] = last.score();
        }
        return RankedItems.of(found, foundScores);
    }

    /** A score for each of the item vectors {@code [items, dim]}. */
    float[] scores(float[] user, FloatBuffer items) {
        int count = items.capacity() / dim;
        float[] scores = new float[count];
        OrtTensor one = OrtTensor.floats(user, 1, dim);
        for (int from = 0; from < count; from += BLOCK) {
            int size = Math.min(BLOCK, count - from);
            OrtTensor block = OrtTensor.floats(items.slice(from * dim, size * dim), size, dim);
            float[] found = scorer.run(
                            Map.of(OnnxExporter.USER_VECTOR, one, OnnxExporter.ITEM_VECTOR, block), OnnxExporter.SCORE)
                    .floats();
            System.arraycopy(found, 0, scores, from, size);
        }
        return scores;
    }

    @Override
    public void close() {
        scorer.close();
    }
}
