package io.github.recsys4j.model.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.ItemIndex;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.Similarity;
import io.github.recsys4j.testing.ItemIndexContract;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrtIndexTest extends ItemIndexContract {
    private static final int DIM = 8;
    private static final int ITEMS = 20_000;

    Device device() {
        return Device.cpu();
    }

    @Override
    protected ItemIndex create(float[] vectors, int dim, Similarity similarity) {
        return OrtIndex.of(vectors, dim, similarity, OrtOptions.on(device()));
    }

    private static float[] wholeNumbers(int count, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(9) - 4;
        }
        return numbers;
    }

    @ParameterizedTest(name = "every {0}th item passes")
    @ValueSource(ints = {1, 2, 20, 1000, 19_999})
    void topK_filterOfAnySelectivity_equalsAnExactIndex(int every) {
        float[] vectors = wholeNumbers(ITEMS * DIM, 1);
        float[] queries = wholeNumbers(30 * DIM, 2);
        BitSet passing = new BitSet();
        for (int item = 0; item < ITEMS; item += every) {
            passing.set(item);
        }
        int[] seen = new Random(6).ints(200, 0, ITEMS).toArray();
        ItemFilter filter = ItemFilter.only(passing).andExcluding(seen);
        try (ItemIndex index = create(vectors, DIM, Similarity.INNER_PRODUCT);
                ExactIndex exact = ExactIndex.of(vectors, DIM)) {
            List<RankedItems> found = index.topKBatch(queries, 10, row -> row % 2 == 0 ? filter : ItemFilter.none());
            assertThat(found).isEqualTo(exact.topKBatch(queries, 10, row -> row % 2 == 0 ? filter : ItemFilter.none()));
            float[] query = Arrays.copyOf(queries, DIM);
            assertThat(index.topK(query, 10, filter)).isEqualTo(found.get(0));
        }
    }

    /** More ties than are fetched at first: all items have one of three vectors. */
    @Test
    void topK_manyEqualScores_goToTheLowestIndices() {
        float[] vectors = new float[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            vectors[item] = item % 3;
        }
        try (ItemIndex index = create(vectors, 1, Similarity.INNER_PRODUCT)) {
            assertThat(index.topK(new float[] {1}, 4, ItemFilter.excluding(5)).items())
                    .containsExactly(2, 8, 11, 14);
        }
    }

    @Test
    void device_decided_isNamed() {
        try (OrtIndex index = OrtIndex.of(new float[] {1, 2}, 1, Similarity.COSINE, OrtOptions.on(device()))) {
            assertThat(index.device()).isEqualTo(device());
            assertThat(index).hasToString("OrtIndex[2 items, dim 1, COSINE, " + device() + "]");
        }
    }
}
