package io.github.recsys4j.feature;

/** What kind of content an item's vector was made from. */
public enum Modality {
    /** A picture of the item. */
    IMAGE,
    /** A title, a description, any words. */
    TEXT,
    /** A sound, such as a song's first seconds. */
    AUDIO,
    /** Numeric columns, scaled. */
    NUMBERS,
    /** Categorical columns, one-hot. */
    CATEGORIES
}
