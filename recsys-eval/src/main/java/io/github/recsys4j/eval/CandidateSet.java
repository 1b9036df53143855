package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.split.HeldOut;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Which items compete for a case: the whole catalogue, given ones, or the targets among sampled others.
 *
 * <p>Numbers over different candidates do not compare. A metric over sampled candidates says so in its label, because it
 * flatters everybody and can put recommenders in another order than the full ranking.
 *
 * <p>Thread-safety: immutable, if the given candidates are.
 *
 * @see <a href="https://doi.org/10.1145/3394486.3403226">Krichene and Rendle, On Sampled Metrics for Item
 *     Recommendation, KDD 2020</a>
 */
public final class CandidateSet {
    private static final CandidateSet FULL = new CandidateSet("", "", (cases, index) -> Optional.empty());

    private final String suffix;
    private final String description;
    private final Source source;

    /** Gives the candidates of a case, or empty for the whole catalogue. */
    private interface Source {
        Optional<int[]> of(HeldOut cases, int index);
    }

    private CandidateSet(String suffix, String description, Source source) {
        this.suffix = suffix;
        this.description = description;
        this.source = source;
    }

    /** {@return every item of the catalogue: full ranking} */
    public static CandidateSet full() {
        return FULL;
    }

    /**
     * Ranks the same items for every case, such as the cold ones alone.
     *
     * @param items item indices, at least one
     * @return the candidates
     * @throws IllegalArgumentException if there is none
     */
    public static CandidateSet of(int... items) {
        checkArgument(items.length > 0, "candidates must not be empty: give the items to rank");
        int[] copy = items.clone();
        return given(index -> copy);
    }

    /**
     * Ranks the candidates of each case, such as what was shown to the user. Targets are candidates only where they
     * stand among them. Where all candidates of a case are relevant every order is right: the protocol says how many such
     * cases there are, and the evaluator refuses to measure nothing else.
     *
     * @param byCase item indices by the case's number
     * @return the candidates
     */
    public static CandidateSet given(IntFunction<int[]> byCase) {
        return new CandidateSet(
                " (given candidates)",
                "the candidates given with each case",
                (cases, index) -> Optional.of(byCase.apply(index)));
    }

    /**
     * Ranks the targets among sampled negatives: items that are neither targets nor in the history.
     *
     * <p>What a case draws depends on seed, user and targets alone, not on other cases, order or threads. A catalogue
     * with fewer such items gives them all.
     *
     * @param count negatives per case, at least 1
     * @param sampling how they are drawn
     * @param train the training part, whose counts decide the popularity
     * @param seed of the draws
     * @return the candidates
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public static CandidateSet sampled(int count, Sampling sampling, Dataset train, long seed) {
        checkArgument(count >= 1, "count of sampled negatives must be at least 1, got %s", count);
        NegativeDraw draw = new NegativeDraw(count, sampling, train, seed);
        String how = sampling.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return new CandidateSet(
                " (sampled " + count + " " + how + ")",
                "the targets among " + count + " sampled items that are neither targets nor in the history (" + how
                        + ", seed " + seed + ")",
                (cases, index) -> Optional.of(draw.candidates(cases, index)));
    }

    /** What stands behind every label, with a space before it. */
    String suffix() {
        return suffix;
    }

    String description(int numItems) {
        return description.isEmpty() ? "full ranking over all " + numItems + " items of the catalogue" : description;
    }

    Optional<int[]> of(HeldOut cases, int index) {
        return source.of(cases, index);
    }
}
