package io.github.recsys4j.data;

/** What becomes of rows that repeat a user and an item. */
public enum Duplicates {
    /** All stay: hearing a song again is an interaction too. */
    KEEP,
    /** The oldest stays; of equal times the first in the file. */
    KEEP_FIRST,
    /** The newest stays; of equal times the last in the file. */
    KEEP_LAST
}
