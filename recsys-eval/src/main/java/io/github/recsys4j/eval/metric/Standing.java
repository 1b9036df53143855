package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Where the relevant items of a case stand among all its candidates.
 *
 * <p>A relevant item that is no candidate, because it was seen and seen items are filtered, has no rank.
 *
 * <p>Thread-safety: immutable.
 */
public final class Standing {
    private final double[] ranks;
    private final int numCandidates;

    private Standing(double[] ranks, int numCandidates) {
        this.ranks = ranks;
        this.numCandidates = numCandidates;
    }

    /**
     * Takes ranks that are known.
     *
     * @param ranks of the relevant candidates, in any order, from 1
     * @param numCandidates how many items were ranked
     * @return the standing
     * @throws IllegalArgumentException if a rank is below 1 or above the number of candidates
     */
    public static Standing of(double[] ranks, int numCandidates) {
        double[] sorted = ranks.clone();
        Arrays.sort(sorted);
        checkArgument(
                sorted.length == 0 || (sorted[0] >= 1 && sorted[sorted.length - 1] <= numCandidates),
                "ranks must be from 1 to the number of candidates %s, got %s",
                numCandidates,
                Arrays.toString(sorted));
        return new Standing(sorted, numCandidates);
    }

    /**
     * Reads ranks off a list. Candidates that the list lacks share the mean of the ranks behind it: nobody knows in
     * which order they would have come.
     *
     * @param ranked item indices, best first
     * @param relevant item indices that should be found and are candidates, distinct
     * @param numCandidates how many candidates there are, listed or not
     * @return the standing
     */
    public static Standing of(int[] ranked, int[] relevant, int numCandidates) {
        BitSet wanted = new BitSet();
        Arrays.stream(relevant).forEach(wanted::set);
        double[] ranks = new double[relevant.length];
        int found = 0;
        for (int place = 0; place < ranked.length; place++) {
            if (wanted.get(ranked[place])) {
                ranks[found++] = place + 1;
            }
        }
        Arrays.fill(ranks, found, ranks.length, (ranked.length + 1 + numCandidates) / 2.0);
        return of(ranks, numCandidates);
    }

    /** {@return the ranks of the relevant candidates, ascending; with halves where ranks are shared} */
    public double[] ranks() {
        return ranks.clone();
    }

    /** {@return how many items were ranked} */
    public int numCandidates() {
        return numCandidates;
    }

    /** How many pairs of a relevant and another candidate there are. */
    long pairs() {
        return (long) ranks.length * (numCandidates - ranks.length);
    }
}
