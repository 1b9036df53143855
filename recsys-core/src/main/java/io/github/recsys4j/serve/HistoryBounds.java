package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * How much a history store in this process keeps. What goes beyond is forgotten: a user's oldest interactions, and the
 * users to whom nothing has happened for longest.
 *
 * @param perUser interactions of one user, at least 1
 * @param users at least 1
 */
public record HistoryBounds(int perUser, int users) {
    private static final int PER_USER = 500;
    private static final int USERS = 1_000_000;

    /**
     * Checks the bounds.
     *
     * @param perUser interactions of one user
     * @param users how many users
     * @throws IllegalArgumentException if a bound is below 1
     */
    public HistoryBounds {
        checkArgument(perUser >= 1, "perUser must be at least 1, got %s", perUser);
        checkArgument(users >= 1, "users must be at least 1, got %s", users);
    }

    /** {@return 500 interactions of each of a million users} */
    public static HistoryBounds defaults() {
        return new HistoryBounds(PER_USER, USERS);
    }
}
