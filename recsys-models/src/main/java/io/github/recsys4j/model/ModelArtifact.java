package io.github.recsys4j.model;

import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Everything a recommender is made of, in memory or mapped from a folder; {@link ArtifactFiles} names the files.
 *
 * <p>Thread-safety: immutable; buffers are read by absolute position only.
 *
 * @param manifest what the model says about itself
 * @param userTower the bytes of an ONNX model
 * @param ranker the bytes of an ONNX model, unless scores are inner products
 * @param contents what makes items from their contents, unless items are ids only
 * @param catalogue the items and what is known of them
 * @param itemInputs shape {@code [items, dim]}: what histories are made of
 * @param ownVectors shape {@code [items, dim]}: what is retrieved, unless the model shares the table
 * @param histories the users' histories, unless they were left out
 * @param contexts what is known of the users beside that; of nobody where histories were left out
 */
record ModelArtifact(
        Manifest manifest,
        ByteBuffer userTower,
        Optional<ByteBuffer> ranker,
        Optional<Contents> contents,
        Catalogue catalogue,
        FloatBuffer itemInputs,
        Optional<FloatBuffer> ownVectors,
        Optional<StoredHistories> histories,
        UserContexts contexts) {

    /**
     * The items.
     *
     * @param items their ids, by row of the matrices
     * @param table free columns, row by index
     * @param counts shape {@code [items]}: interactions in the training data
     */
    record Catalogue(Vocabulary items, Table table, LongBuffer counts) {

        /** With more items at the end; of columns that their table lacks, nothing is known of them. */
        Catalogue extended(List<String> ids, Table more) {
            List<String> all = joined(items.ids(), ids);
            List<Column> columns = table.columns().stream()
                    .map(column -> new Column(column.name(), joined(column.values(), values(more, column.name()))))
                    .toList();
            LongBuffer longer = LongBuffer.allocate(all.size());
            longer.put(0, counts, 0, counts.capacity());
            return new Catalogue(Vocabulary.inOrder(all), new Table(all.size(), columns), longer);
        }

        private static List<String> values(Table table, String column) {
            return table.column(column).map(Column::values).orElse(Collections.nCopies(table.numRows(), ""));
        }

        private static List<String> joined(List<String> before, List<String> more) {
            List<String> all = new ArrayList<>(before);
            all.addAll(more);
            return all;
        }
    }

    /**
     * How items come from contents.
     *
     * @param tower the bytes of an ONNX model
     * @param shares shape {@code [items, contents + 1]}: how much each content, and last the id, gave to an item
     */
    record Contents(ByteBuffer tower, FloatBuffer shares) {

        Contents extended(FloatBuffer more) {
            return new Contents(tower, appended(shares, more));
        }
    }

    static byte[] bytes(ByteBuffer model) {
        byte[] bytes = new byte[model.capacity()];
        model.get(0, bytes);
        return bytes;
    }

    byte[] userTowerBytes() {
        return bytes(userTower);
    }

    /** The same with more items at the end: their ids, what is known of them, and what was made of their contents. */
    ModelArtifact withItems(List<String> ids, Table table, ItemMaker.Made made) {
        Catalogue longer = catalogue.extended(ids, table);
        return new ModelArtifact(
                manifest.withItems(longer.items().size()),
                userTower,
                ranker,
                contents.map(before -> before.extended(made.shares())),
                longer,
                appended(itemInputs, made.inputs()),
                ownVectors.map(own -> appended(own, made.vectors())),
                histories,
                contexts);
    }

    private static FloatBuffer appended(FloatBuffer before, FloatBuffer more) {
        FloatBuffer all = FloatBuffer.allocate(Math.addExact(before.capacity(), more.capacity()));
        all.put(0, before, 0, before.capacity());
        all.put(before.capacity(), more, 0, more.capacity());
        return all;
    }

    /** What is retrieved. */
    FloatBuffer itemVectors() {
        return ownVectors.orElse(itemInputs);
    }
}
