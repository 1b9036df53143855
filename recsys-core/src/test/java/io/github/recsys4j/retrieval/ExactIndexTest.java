package io.github.recsys4j.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.recsys4j.testing.ItemIndexContract;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExactIndexTest extends ItemIndexContract {
    @Override
    protected ItemIndex create(float[] vectors, int dim) {
        return ExactIndex.of(vectors, dim);
    }

    @Test
    void topK_moreItemsThanAChunk_equalsAScanOfAll() {
        Random random = new Random(5);
        float[] vectors = new float[20_011 * 3];
        for (int i = 0; i < vectors.length; i++) {
            vectors[i] = random.nextInt(1000);
        }
        try (ExactIndex index = ExactIndex.of(vectors, 3)) {
            TopK expected = new TopK(25);
            for (int item = 0; item < index.size(); item++) {
                expected.offer(item, vectors[3 * item] - vectors[3 * item + 2]);
            }
            assertThat(index.topK(new float[] {1, 0, -1}, 25)).isEqualTo(expected.drain());
        }
    }

    @Test
    void topK_overflowingProduct_isRefused() {
        try (ExactIndex index = ExactIndex.of(new float[] {Float.MAX_VALUE, Float.MAX_VALUE}, 2)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.topK(new float[] {8, 8}, 1))
                    .withMessage("score of item 0 must be a finite number, got Infinity");
        }
    }

    @Test
    void allowed_candidatesLessExcluded_isTheDifference() {
        BitSet candidates = new BitSet();
        candidates.set(1, 4);
        assertThat(ItemFilter.only(candidates).andExcluding(2, 2).allowed(6).stream())
                .containsExactly(1, 3);
        assertThat(ItemFilter.none().allowed(3).cardinality()).isEqualTo(3);
    }

    @Test
    void filter_negativeIndex_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemFilter.excluding(3, -1))
                .withMessage("excluded items must be item indices of at least 0, got -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ItemFilter.only(-2))
                .withMessage("candidates must be item indices of at least 0, got -2");
    }
}
