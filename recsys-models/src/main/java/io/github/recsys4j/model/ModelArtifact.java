package io.github.recsys4j.model;

import io.github.recsys4j.data.Table;
import io.github.recsys4j.data.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Optional;

/**
 * Everything a recommender is made of, in memory or mapped from a folder; {@link ArtifactFiles} names the files.
 *
 * <p>Thread-safety: immutable; buffers are read by absolute position only.
 *
 * @param manifest what the model says about itself
 * @param userTower the bytes of an ONNX model
 * @param catalogue the items and what is known of them
 * @param itemInputs shape {@code [items, dim]}: what histories are made of
 * @param ownVectors shape {@code [items, dim]}: what is retrieved, unless the model shares the table
 * @param histories the users' histories, unless they were left out
 */
record ModelArtifact(
        Manifest manifest,
        ByteBuffer userTower,
        Catalogue catalogue,
        FloatBuffer itemInputs,
        Optional<FloatBuffer> ownVectors,
        Optional<StoredHistories> histories) {

    /**
     * The items.
     *
     * @param items their ids, by row of the matrices
     * @param table free columns, row by index
     * @param counts shape {@code [items]}: interactions in the training data
     */
    record Catalogue(Vocabulary items, Table table, LongBuffer counts) {}

    byte[] userTowerBytes() {
        byte[] bytes = new byte[userTower.capacity()];
        userTower.get(0, bytes);
        return bytes;
    }

    /** What is retrieved. */
    FloatBuffer itemVectors() {
        return ownVectors.orElse(itemInputs);
    }
}
