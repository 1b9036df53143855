package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;
import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One ranking beside the truth: which recommendations are relevant, and how many items are relevant in all.
 *
 * <p>Ranks count from 1. A list may be shorter than a metric's cut-off; the missing places are no hits. An item
 * that stands among the relevant ones more than once counts once.
 *
 * <p>Thread-safety: immutable.
 */
public final class Judged {
    private final int[] ranked;
    private final boolean[] hits;
    private final int[] relevant;
    private final Optional<Place> place;
    private final Optional<Standing> standing;

    /** Which case it is. */
    private record Place(HeldOut cases, int index) {}

    private Judged(int[] ranked, int[] relevant, Optional<Place> place, Optional<Standing> standing) {
        this.ranked = ranked;
        this.relevant = relevant;
        this.place = place;
        this.standing = standing;
        hits = new boolean[ranked.length];
        for (int i = 0; i < ranked.length; i++) {
            hits[i] = Arrays.binarySearch(relevant, ranked[i]) >= 0;
        }
    }

    /**
     * Judges a ranking of which nothing but the truth is known.
     *
     * @param ranked item indices, best first, without duplicates
     * @param relevant the item indices that should be found, in any order
     * @return the judged ranking
     * @throws IllegalArgumentException if an item is ranked twice
     */
    public static Judged of(int[] ranked, int[] relevant) {
        return new Judged(checked(ranked), sortedDistinct(relevant), Optional.empty(), Optional.empty());
    }

    /**
     * Judges a ranking of a case, whose user and history are then known, too.
     *
     * @param ranked item indices, best first, without duplicates
     * @param cases the cases
     * @param index which of them
     * @return the judged ranking
     * @throws IllegalArgumentException if an item is ranked twice
     */
    public static Judged of(int[] ranked, HeldOut cases, int index) {
        return new Judged(
                checked(ranked),
                sortedDistinct(cases.targets(index)),
                Optional.of(new Place(cases, index)),
                Optional.empty());
    }

    private static int[] checked(int[] ranked) {
        int distinct = sortedDistinct(ranked).length;
        checkArgument(
                distinct == ranked.length,
                "ranked must hold each item once, got %s distinct ones among %s",
                distinct,
                ranked.length);
        return ranked.clone();
    }

    static int[] sortedDistinct(int[] items) {
        int[] sorted = items.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[count++] = sorted[i];
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /**
     * Adds where the relevant items stand among all candidates.
     *
     * @param known ranks and candidates
     * @return the same ranking, with {@link #standing()}
     */
    public Judged with(Standing known) {
        return new Judged(ranked, relevant, place, Optional.of(known));
    }

    /** {@return how many recommendations there are} */
    public int size() {
        return ranked.length;
    }

    /** {@return how many distinct items are relevant} */
    public int numRelevant() {
        return relevant.length;
    }

    /** {@return the relevant items, ascending and distinct} */
    public int[] relevant() {
        return relevant.clone();
    }

    /** {@return the user's index, or empty for a ranking that belongs to no case} */
    public OptionalInt user() {
        return place.isPresent() ? OptionalInt.of(place.get().cases.user(place.get().index)) : OptionalInt.empty();
    }

    /** {@return the items of the case's history, oldest first; none for a ranking that belongs to no case} */
    public int[] history() {
        return place.isPresent() ? place.get().cases.history(place.get().index) : new int[0];
    }

    /**
     * {@return where the relevant items stand among all candidates}
     *
     * @throws IllegalStateException if that was not asked for: the metric's {@code k()} must be
     *     {@link Metric#WHOLE}
     */
    public Standing standing() {
        checkState(standing.isPresent(), "standing is not known: the metric's k() must be Metric.WHOLE");
        return standing.get();
    }

    /**
     * {@return the item index at that rank}
     *
     * @param rank from 1 to {@link #size()}
     */
    public int item(int rank) {
        return ranked[checkElementIndex(rank - 1, ranked.length, "rank - 1")];
    }

    /**
     * {@return whether the recommendation at that rank is relevant; false beyond the end of the list}
     *
     * @param rank at least 1
     */
    public boolean isHit(int rank) {
        checkArgument(rank >= 1, "rank must be at least 1, got %s", rank);
        return rank <= hits.length && hits[rank - 1];
    }

    /**
     * {@return how many of the first recommendations are relevant}
     *
     * @param k how many recommendations to look at
     */
    public int hits(int k) {
        int count = 0;
        for (int i = 0; i < Math.min(k, hits.length); i++) {
            count += hits[i] ? 1 : 0;
        }
        return count;
    }

    /** The first items of the list. */
    int[] top(int k) {
        return Arrays.copyOf(ranked, Math.min(k, ranked.length));
    }
}
