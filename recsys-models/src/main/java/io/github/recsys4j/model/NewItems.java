package io.github.recsys4j.model;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.feature.FeatureMatrix;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Items that a model was not trained on.
 *
 * @param ids distinct
 * @param table what is known of them, row by row
 * @param features what they are made of, row by row
 */
record NewItems(List<String> ids, Table table, List<FeatureMatrix> features) {

    NewItems {
        ids = List.copyOf(ids);
        features = List.copyOf(features);
        checkArgument(
                table.numRows() == ids.size(),
                "table must have one row for each of the %s new items, got %s",
                ids.size(),
                table.numRows());
        Set<String> distinct = new HashSet<>();
        for (String id : ids) {
            checkArgument(distinct.add(id), "item \"%s\" stands twice among the new items: leave one out", id);
        }
    }

    void requireNoneIn(Vocabulary known) {
        for (String id : ids) {
            checkArgument(!known.contains(id), "item \"%s\" is in the catalogue already: leave it out", id);
        }
    }

    ModelArtifact addedTo(ModelArtifact artifact, ItemMaker maker) {
        return artifact.withItems(ids, table, maker.make(ids, features));
    }
}
