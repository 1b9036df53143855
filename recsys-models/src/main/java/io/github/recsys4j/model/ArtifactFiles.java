package io.github.recsys4j.model;

/**
 * The files of a model folder, format {@value Manifest#FORMAT_VERSION}. Matrices are NumPy's {@code .npy}, the rest
 * is JSON in UTF-8, so that NumPy, Netron or a service in another language reads a model without this library.
 */
final class ArtifactFiles {
    /** A {@link Manifest}; written last, so a folder that has one is complete. */
    static final String MANIFEST = "manifest.json";
    /** {@code inputs} and {@code mask} in, {@code user_vector} out. */
    static final String USER_TOWER = "user_tower.onnx";
    /** Contents and {@code presence} in, item rows out; absent where items are ids only. */
    static final String ITEM_TOWER = "item_tower.onnx";
    /** User and item vectors in, a score out for each pair; absent where scores are inner products. */
    static final String RANKER = "ranker.onnx";
    /** float32 {@code [items, contents + 1]}: how much each content, and last the id, gave to an item. */
    static final String ITEM_SHARES = "item_shares.npy";
    /** float32 {@code [items, dim]}: what histories are made of. */
    static final String ITEM_INPUTS = "item_inputs.npy";
    /** float32 {@code [items, dim]}: what is retrieved; absent where the model shares the table. */
    static final String ITEM_VECTORS = "item_vectors.npy";
    /** An array of strings: the application's item ids, row by row of the matrices. */
    static final String ITEM_IDS = "item_ids.json";
    /** {@code {"numRows": n, "columns": [{"name": .., "values": [..]}]}}: titles, genres and the like; "" is absent. */
    static final String ITEM_TABLE = "item_table.json";
    /** int64 {@code [items]}: interactions in the training data, for the popularity fallback. */
    static final String ITEM_COUNTS = "item_counts.npy";
    /** An array of strings: the application's user ids, row by row of the histories. */
    static final String USER_IDS = "user_ids.json";
    /** float32 {@code [users, width]}: what is known of the users beside their histories, a 1 last where anything is. */
    static final String USER_CONTEXTS = "user_contexts.npy";
    /** int64 {@code [users + 1]}: user {@code u} owns the entries from {@code [u]} to before {@code [u + 1]}. */
    static final String HISTORY_OFFSETS = "history_offsets.npy";
    /** int64 {@code [entries]}: rows of items, oldest first within a user. */
    static final String HISTORY_ITEMS = "history_items.npy";

    private ArtifactFiles() {}
}
