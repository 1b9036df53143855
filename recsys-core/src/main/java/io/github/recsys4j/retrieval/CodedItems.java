package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All that a search by codes reads, at one moment.
 *
 * @param similarity how queries are compared; with {@link Similarity#COSINE} the vectors have length 1
 * @param vectors the items' vectors
 * @param codes the items' codes
 * @param graph links among the codes, or empty where there are none
 * @param lists of an inverted file, or empty where there is none; without either every item is looked at
 * @param removed one bit for each removed item; shorter than the items where the last are all there
 * @param numRemoved how many bits are set
 */
@SuppressWarnings("ArrayRecordComponent")
record CodedItems(
        Similarity similarity,
        VectorRows vectors,
        Codes codes,
        Optional<GraphView> graph,
        Optional<ListView> lists,
        long[] removed,
        int numRemoved) {

    /** Vectors whose lengths differ by less are taken as equally long. */
    private static final double SAME_LENGTH = 1e-3;

    private static final int MAX_CODE = 63;

    /** Chooses the codes' step by the largest value, and the added coordinate by the greatest length. */
    static CodedItems of(float[] rows, int dim, Similarity similarity) {
        float[] vectors = similarity.prepared(rows, dim);
        int size = vectors.length / dim;
        int words = CodeKernel.words(dim);
        float step = step(largest(vectors));
        Codes codes = new Codes(Codes.room(size, words), words, step, lift(vectors, dim, similarity));
        CodedItems items = plain(similarity, VectorRows.empty(dim).append(vectors), codes);
        codes.pack(vectors, 0, size, dim);
        return items;
    }

    /** Items of which none is removed, with neither a graph nor lists. */
    static CodedItems plain(Similarity similarity, VectorRows vectors, Codes codes) {
        return new CodedItems(similarity, vectors, codes, Optional.empty(), Optional.empty(), new long[0], 0);
    }

    static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    static float step(float largest) {
        return largest == 0 ? 1 : largest / MAX_CODE;
    }

    private static Optional<Lift> lift(float[] vectors, int dim, Similarity similarity) {
        double[] lengths = new double[vectors.length / dim];
        Arrays.setAll(lengths, row -> Dots.length(vectors, row, dim));
        double longest = Arrays.stream(lengths).max().orElse(0);
        double shortest = Arrays.stream(lengths).min().orElse(0);
        if (similarity == Similarity.COSINE || longest - shortest <= SAME_LENGTH * longest) {
            return Optional.empty();
        }
        return Optional.of(Lift.of(lengths, longest));
    }

    int size() {
        return vectors.size();
    }

    int dim() {
        return vectors.dim();
    }

    int numAlive() {
        return size() - numRemoved;
    }

    /** Adds rows, which the graph does not know yet. */
    CodedItems append(float[] rows) {
        int before = size();
        float[] added = similarity.prepared(rows, dim());
        VectorRows longer = vectors.append(added);
        Codes grown = codes.grown(longer.size());
        grown.pack(added, before, longer.size() - before, dim());
        grown.lift().ifPresent(lift -> lift.put(added, before, dim()));
        return new CodedItems(similarity, longer, grown, graph, lists, removed, numRemoved);
    }

    CodedItems with(GraphView links) {
        return new CodedItems(similarity, vectors, codes, Optional.of(links), lists, removed, numRemoved);
    }

    CodedItems with(ListView divided) {
        return new CodedItems(similarity, vectors, codes, graph, Optional.of(divided), removed, numRemoved);
    }

    /** The items from one on that are not removed. */
    int[] alive(int from) {
        return IntStream.range(from, size()).filter(item -> !isRemoved(item)).toArray();
    }

    CodedItems without(int... items) {
        BitSet bits = BitSet.valueOf(removed);
        Arrays.stream(items).forEach(bits::set);
        return new CodedItems(similarity, vectors, codes, graph, lists, bits.toLongArray(), bits.cardinality());
    }

    void checkWithin(int... removedItems) {
        for (int item : removedItems) {
            checkArgument(
                    item >= 0 && item < size(),
                    "items to remove must be in [0, %s), the index's size, got %s",
                    size(),
                    item);
        }
    }

    boolean isRemoved(int item) {
        return item >>> 6 < removed.length && (removed[item >>> 6] & (1L << item)) != 0;
    }

    /** Where queries are compared by angle, a query of length 1. */
    float[] prepared(float[] query) {
        return similarity.prepared(query, dim());
    }
}
