package io.github.recsys4j.model;

import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.rerank.ItemKnowledge;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** What a model folder knows of its items, read where it lies. Thread-safety: immutable. */
record ArtifactKnowledge(Vocabulary items, FloatBuffer vectors, LongBuffer counts, int dim, long total)
        implements ItemKnowledge {

    static ArtifactKnowledge of(ModelArtifact artifact) {
        LongBuffer counts = artifact.catalogue().counts();
        long total = 0;
        for (int item = 0; item < counts.capacity(); item++) {
            total += counts.get(item);
        }
        return new ArtifactKnowledge(
                artifact.catalogue().items(),
                artifact.itemVectors(),
                counts,
                artifact.manifest().shape().dim(),
                total);
    }

    @Override
    public void vector(int item, float[] target) {
        vectors.get(item * dim, target, 0, dim);
    }

    @Override
    public long count(int item) {
        return counts.get(item);
    }
}
