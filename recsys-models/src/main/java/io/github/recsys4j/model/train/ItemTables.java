package io.github.recsys4j.model.train;

import io.github.recsys4j.model.network.ItemTower;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The item tables of a trained network whose items have contents.
 *
 * @param tables for each table its rows {@code [items + 1, dim]}, the last one for padding
 * @param shares how much each content, and last the id, gave to an item that is retrieved,
 *     {@code [items, contents + 1]}
 */
public record ItemTables(Map<String, FloatBuffer> tables, FloatBuffer shares) {

    /**
     * Copies the map.
     *
     * @param tables by name
     * @param shares of the parts
     */
    public ItemTables {
        tables = Map.copyOf(tables);
    }

    /**
     * Runs the item towers over all items.
     *
     * @param network a network with contents
     * @param parameters its trained values
     * @param features what it was trained with
     * @param counts interactions of each item in the training data; an item without any is made from contents alone
     * @return the tables
     * @throws io.github.recsys4j.TrainingException if a training runs in this process, or libtorch does not start
     */
    public static ItemTables compute(
            SequenceNetwork network, ParameterSet parameters, ContentMatrices features, int[] counts) {
        features.requireFor(network);
        Map<String, FloatBuffer> tables = new HashMap<>();
        try (TorchSession session = TorchSession.open(OptionalInt.empty());
                TorchParameters weights = session.parameters(parameters);
                ItemRows rows = new ItemRows(network, new KnownContents(features, counts), session, weights)) {
            float[] shares = rows.refresh();
            for (ItemTower tower : network.itemTowers()) {
                tables.put(tower.table(), FloatBuffer.wrap(weights.floats(tower.table())));
            }
            return new ItemTables(tables, FloatBuffer.wrap(shares));
        }
    }
}
