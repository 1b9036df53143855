package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Vocabulary;
import java.util.Arrays;

/** Knowledge in arrays. */
record KnownItems(Vocabulary items, long[] counts, float[] vectors, int dim, long total) implements ItemKnowledge {

    KnownItems(Vocabulary items, long[] counts, float[] vectors, int dim) {
        this(items, counts, vectors, dim, Arrays.stream(counts).sum());
        checkArgument(
                counts.length == items.size(),
                "counts must hold one number per item = %s, got %s",
                items.size(),
                counts.length);
    }

    @Override
    public void vector(int item, float[] target) {
        System.arraycopy(vectors, item * dim, target, 0, dim);
    }

    @Override
    public long count(int item) {
        return counts[item];
    }
}
