package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemContent;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentMatricesTest {
    private static final int ITEMS = SmallTask.network(0).items();
    private final FeatureMatrix texts = matrix(1, ITEMS, 3);

    private static FeatureMatrix matrix(float first, int items, int dim) {
        FeatureMatrix.Builder builder = FeatureMatrix.builder(Modality.TEXT, ITEMS, dim);
        for (int item = 0; item < items; item++) {
            float[] row = new float[dim];
            row[0] = first;
            row[1] = item;
            builder.put(item, row);
        }
        return builder.build();
    }

    @Test
    void create_variantOfOtherWidthOrItems_isRefused() {
        for (FeatureMatrix other : List.of(matrix(2, ITEMS, 4), matrix(2, ITEMS - 1, 3))) {
            assertThatThrownBy(() -> new ContentMatrices(List.of(texts), List.of(other)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("a variant must have the modality, width and items of one of");
        }
    }

    @Test
    void train_variantLikeTheOriginal_learnsTheSame() {
        assertThat(weights(List.of(matrix(1, ITEMS, 3)))).containsExactly(weights(List.of()));
    }

    @Test
    void train_otherVariant_learnsSomethingElse() {
        assertThat(weights(List.of(matrix(9, ITEMS, 3)))).isNotEqualTo(weights(List.of()));
    }

    private float[] weights(List<FeatureMatrix> variants) {
        ContentMatrices contents = new ContentMatrices(List.of(texts), variants);
        int[] counts = SmallTask.ring().interactions().itemCounts(ITEMS);
        SequenceNetwork network = SmallTask.network(0)
                .withContent(new ItemContent(contents.inputs(counts), ItemTowerOptions.of(Fusion.CONCATENATE)));
        ParameterSet trained = new Trainer(network, SmallTask.options().build())
                .features(contents)
                .startFrom(ParameterSet.initialize(network.parameters(), 4))
                .train(SmallTask.ring())
                .parameters();
        String name = network.vectorsName() + ".text.weight";
        float[] values = new float[trained.spec(name).size()];
        trained.values(name).get(values);
        return values;
    }
}
