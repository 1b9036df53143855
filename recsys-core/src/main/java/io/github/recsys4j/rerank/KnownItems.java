package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Vocabulary;
import java.util.Arrays;

/** Knowledge in arrays. Thread-safety: immutable. */
final class KnownItems implements ItemKnowledge {
    private final Vocabulary items;
    private final long[] counts;
    private final float[] vectors;
    private final int dim;
    private final long total;

    KnownItems(Vocabulary items, long[] counts, float[] vectors, int dim) {
        checkArgument(
                counts.length == items.size(),
                "counts must hold one number per item = %s, got %s",
                items.size(),
                counts.length);
        this.items = items;
        this.counts = counts;
        this.vectors = vectors;
        this.dim = dim;
        total = Arrays.stream(counts).sum();
    }

    @Override
    public Vocabulary items() {
        return items;
    }

    @Override
    public int dim() {
        return dim;
    }

    @Override
    public void vector(int item, float[] target) {
        System.arraycopy(vectors, item * dim, target, 0, dim);
    }

    @Override
    public long count(int item) {
        return counts[item];
    }

    @Override
    public long total() {
        return total;
    }
}
