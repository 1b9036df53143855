package io.github.recsys4j.data;

/** What becomes of interactions whose item is not in the file of items. */
public enum Unlisted {
    /** They stay; such an item has an empty row of columns. */
    KEEP,
    /** They are dropped and counted. */
    DROP,
    /** The load fails and names the first such item. */
    FAIL
}
