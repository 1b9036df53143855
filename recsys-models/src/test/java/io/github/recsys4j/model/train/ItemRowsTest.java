package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.network.ContentInput;
import io.github.recsys4j.model.network.Fusion;
import io.github.recsys4j.model.network.ItemContent;
import io.github.recsys4j.model.network.ItemTowerOptions;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemRowsTest {

    /** An item without contents is its id, so nothing may be lost between a table and the ids that it is made of. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void train_nothingHasContents_learnsAsATableOfIdsDoes(int threads) {
        SequenceNetwork plain = SmallTask.network(0);
        int items = plain.items();
        SequenceNetwork made = plain.withContent(
                new ItemContent(List.of(ContentInput.of(Modality.TEXT, 3)), ItemTowerOptions.of(Fusion.MODALITY_GATE)));
        ParameterSet first = ParameterSet.initialize(made.parameters(), 4);
        FeatureMatrix none = FeatureMatrix.builder(Modality.TEXT, items, 3).build();
        TrainingOptions options = SmallTask.options().threads(threads).build();
        ParameterSet ofIds = new Trainer(made, options)
                .features(ContentMatrices.of(List.of(none)))
                .startFrom(first)
                .train(SmallTask.ring())
                .parameters();
        ParameterSet ofTable = new Trainer(plain, options)
                .startFrom(tableOf(plain, first))
                .train(SmallTask.ring())
                .parameters();
        float[] ids = values(ofIds, plain.vectorsName() + ".id");
        float[] table = values(ofTable, plain.vectorsName());
        assertThat(ids).isNotEqualTo(values(first, plain.vectorsName() + ".id"));
        assertThat(Arrays.copyOf(table, ids.length)).containsExactly(ids, within(1e-5f));
    }

    private static ParameterSet tableOf(SequenceNetwork plain, ParameterSet made) {
        Map<String, float[]> values = new HashMap<>();
        plain.parameters().forEach(spec -> {
            boolean table = spec.name().equals(plain.vectorsName());
            float[] found = values(made, table ? spec.name() + ".id" : spec.name());
            values.put(spec.name(), Arrays.copyOf(found, spec.size()));
        });
        return ParameterSet.of(plain.parameters(), values);
    }

    private static float[] values(ParameterSet set, String name) {
        float[] values = new float[set.spec(name).size()];
        set.values(name).get(values);
        return values;
    }
}
