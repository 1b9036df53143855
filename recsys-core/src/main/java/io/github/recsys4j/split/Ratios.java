package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Which shares are held back for validation and test; the rest trains.
 *
 * <p>Of {@code n} things, {@code floor(n * share)} are held back, but at least one where the share is above 0,
 * and never so many that none trains.
 *
 * @param validation from 0, which holds nothing back, to below 1
 * @param test from 0, which holds nothing back, to below 1
 */
public record Ratios(double validation, double test) {
    /** One tenth for validation and one tenth for test. */
    public static final Ratios STANDARD = new Ratios(0.1, 0.1);

    /** So that 0.29 * 100 counts as 29 in spite of binary fractions. */
    private static final double ROUNDING = 1e-9;

    /**
     * Checks the shares.
     *
     * @param validation from 0 to below 1
     * @param test from 0 to below 1
     * @throws IllegalArgumentException if a share is out of range, or nothing is left to train or to measure with
     */
    public Ratios {
        checkShare("validation", validation);
        checkShare("test", test);
        checkArgument(
                validation + test > 0 && validation + test < 1,
                "validation + test must be above 0 and below 1, got %s + %s: leave something to learn from and"
                        + " something to measure with",
                validation,
                test);
    }

    private static void checkShare(String name, double share) {
        checkArgument(share >= 0 && share < 1, "%s must be a share from 0 to below 1, got %s", name, share);
    }

    /**
     * {@return these shares with another one for validation}
     *
     * @param share from 0 to below 1
     */
    public Ratios withValidation(double share) {
        return new Ratios(share, test);
    }

    /**
     * {@return these shares with another one for test}
     *
     * @param share from 0 to below 1
     */
    public Ratios withTest(double share) {
        return new Ratios(validation, share);
    }

    /** How many things it takes to hold one back for each purpose and keep one. */
    int minimum() {
        return 1 + needed(validation) + needed(test);
    }

    int testOf(int count) {
        return held(test, count, count - 1 - needed(validation));
    }

    int validationOf(int count) {
        return held(validation, count, count - 1 - testOf(count));
    }

    private static int needed(double share) {
        return share > 0 ? 1 : 0;
    }

    private static int held(double share, int count, int most) {
        return share == 0 ? 0 : Math.max(1, Math.min(most, floor(count, share)));
    }

    static int floor(int count, double share) {
        return (int) Math.floor(count * share + ROUNDING);
    }

    @Override
    public String toString() {
        return "validation=" + validation + ", test=" + test;
    }
}
