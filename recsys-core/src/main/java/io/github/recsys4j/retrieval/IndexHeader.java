package io.github.recsys4j.retrieval;

import java.util.List;
import java.util.Map;

/**
 * What stands at the beginning of an index file.
 *
 * @param numbers about the items
 * @param sections by name
 * @param bytes of the whole file
 */
record IndexHeader(Numbers numbers, Map<String, Section> sections, long bytes) {

    /**
     * About the items.
     *
     * @param similarity how queries are compared
     * @param items how many, removed ones included
     * @param dim the width of a vector
     * @param step of the codes
     * @param longest the greatest length of a vector when the index was built, or 0 where all are equally long
     * @param numRemoved how many items are removed
     * @param width how many items searches keep
     * @param exhaustive whether every vector is looked at all the same
     * @param graph of links, one or none
     * @param lists of an inverted file, one or none
     */
    record Numbers(
            Similarity similarity,
            int items,
            int dim,
            float step,
            double longest,
            int numRemoved,
            int width,
            boolean exhaustive,
            List<Links> graph,
            List<Lists> lists) {}

    /**
     * A stretch of the file.
     *
     * @param at its first byte
     * @param length in bytes
     * @param crc32c of its bytes
     */
    record Section(long at, long length, long crc32c) {}

    /**
     * A graph's numbers.
     *
     * @param entry where searches begin
     * @param top the highest level
     * @param linked how many items are linked
     * @param options how it was built
     */
    record Links(int entry, int top, int linked, HnswOptions options) {}

    /**
     * An inverted file's numbers.
     *
     * @param count how many lists there are
     * @param trained how many items their centres were learned for
     * @param options how it was built
     */
    record Lists(int count, int trained, IvfOptions options) {}
}
