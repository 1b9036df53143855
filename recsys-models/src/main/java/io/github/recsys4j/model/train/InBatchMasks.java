package io.github.recsys4j.model.train;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Finds which positions of a batch are no negatives of which others, beside those of the same item. */
final class InBatchMasks {
    private InBatchMasks() {}

    /**
     * The masked positions of each position; an empty list if there are none.
     *
     * @param labels for each position its next item
     * @param owners for each position the number of the sequence that it stands in, from 0
     * @param known gives the sorted items that the user of a sequence has interacted with
     */
    static List<BitSet> of(AccidentalHits hits, int[] labels, int[] owners, IntFunction<int[]> known) {
        if (hits == AccidentalHits.SAME_ITEM) {
            return List.of();
        }
        int sequences = IntStream.of(owners).max().orElse(-1) + 1;
        List<BitSet> each = IntStream.range(0, sequences)
                .mapToObj(owner -> hits == AccidentalHits.SAME_USER
                        ? columns(owners.length, column -> owners[column] == owner)
                        : columns(labels.length, isIn(known.apply(owner), labels)))
                .toList();
        return IntStream.of(owners).mapToObj(each::get).toList();
    }

    private static IntPredicate isIn(int[] items, int[] labels) {
        return column -> Arrays.binarySearch(items, labels[column]) >= 0;
    }

    private static BitSet columns(int count, IntPredicate masked) {
        return IntStream.range(0, count).filter(masked).collect(BitSet::new, BitSet::set, BitSet::or);
    }
}
