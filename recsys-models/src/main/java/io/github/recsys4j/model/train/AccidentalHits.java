package io.github.recsys4j.model.train;

/**
 * Which columns of a batch are no negatives of a row, though they are not its own: they would be called wrong for being
 * right. The term is that of TensorFlow Recommenders.
 */
public enum AccidentalHits {
    /** Those that hold the row's own item once more. */
    SAME_ITEM,
    /** These, and the other items of the sequence that the row stands in. */
    SAME_USER,
    /** These, and all items that the row's user has interacted with in the training data. */
    KNOWN_ITEMS
}
