package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Which items a sampled loss contrasts with the right one, how many, and who shares them.
 *
 * <p>Negatives are drawn with replacement and may hit the right item, as in gSASRec, unless
 * {@link #withoutHistory()} asks for items outside the user's history, as in SASRec. Losses that see the whole
 * catalogue ignore them.
 *
 * <p>Thread-safety: immutable.
 *
 * @param distribution what an item's chance depends on
 * @param count how many negatives, at least 1: per position, or in all where they are shared
 * @param shared whether all positions of a batch share the same {@code count} negatives, so that scoring them is
 *     one matrix product
 * @param outsideHistory whether items of the user's history are drawn again; only per position
 * @param popularShare the share of popular negatives in {@link Distribution#MIXED}, in {@code [0, 1]}
 */
public record Negatives(
        Distribution distribution, int count, boolean shared, boolean outsideHistory, double popularShare) {

    /** What an item's chance of being drawn depends on. */
    public enum Distribution {
        /** Every item has the same chance. */
        UNIFORM,
        /** In proportion to the item's interactions: what in-batch negatives are in expectation. */
        POPULARITY,
        /** In proportion to {@code 1 / max(1, interactions)}. */
        INVERSE_POPULARITY,
        /** Each draw is by popularity with probability {@code popularShare}, otherwise uniform. */
        MIXED
    }

    /**
     * Checks the ranges.
     *
     * @param distribution what an item's chance depends on
     * @param count how many negatives
     * @param shared whether a batch shares them
     * @param outsideHistory whether the history is left out
     * @param popularShare the popular share of mixed negatives
     */
    public Negatives {
        Checks.atLeastOne("negatives count", count);
        checkArgument(
                popularShare >= 0 && popularShare <= 1,
                "negatives popularShare must be in [0, 1], got %s",
                popularShare);
        checkArgument(
                !(shared && outsideHistory),
                "negatives that a batch shares cannot leave out each user's history: use them per position, or drop"
                        + " withoutHistory()");
    }

    /**
     * {@return uniform negatives, drawn for each position}
     *
     * @param count how many per position, at least 1
     */
    public static Negatives uniform(int count) {
        return new Negatives(Distribution.UNIFORM, count, false, false, 0);
    }

    /**
     * {@return negatives in proportion to popularity, drawn for each position}
     *
     * @param count how many per position, at least 1
     */
    public static Negatives popularity(int count) {
        return new Negatives(Distribution.POPULARITY, count, false, false, 1);
    }

    /**
     * {@return negatives in inverse proportion to popularity, drawn for each position}
     *
     * @param count how many per position, at least 1
     */
    public static Negatives inversePopularity(int count) {
        return new Negatives(Distribution.INVERSE_POPULARITY, count, false, false, 0);
    }

    /**
     * {@return popular and uniform negatives mixed, drawn for each position}
     *
     * @param count how many per position, at least 1
     * @param popularShare the expected share of popular ones, in {@code [0, 1]}
     */
    public static Negatives mixed(int count, double popularShare) {
        return new Negatives(Distribution.MIXED, count, false, false, popularShare);
    }

    /** {@return the same, drawn once for each batch and shared by all its positions} */
    public Negatives sharedInBatch() {
        return new Negatives(distribution, count, true, outsideHistory, popularShare);
    }

    /** {@return the same, drawn again where an item is in the user's history} */
    public Negatives withoutHistory() {
        return new Negatives(distribution, count, shared, true, popularShare);
    }
}
