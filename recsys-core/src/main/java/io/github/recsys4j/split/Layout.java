package io.github.recsys4j.split;

import io.github.recsys4j.data.Interactions;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows with one role each: the one form all parts of a split are views of.
 *
 * <p>One rule gives every case its history: a validation case has the user's training and context rows, a test
 * case (and one of a further group) also the validation rows, oldest first.
 */
final class Layout {
    static final byte TRAIN = 0;
    /** Given to the recommender as history, not learned from. */
    static final byte CONTEXT = 1;

    static final byte DROPPED = 2;
    static final byte VALIDATION = 3;
    static final byte TEST = 4;
    /** The first of the further groups, in the order of {@link #groups}. */
    static final byte FIRST_GROUP = 5;

    final Interactions rows;
    final byte[] roles;
    final List<String> groups;

    Layout(Interactions rows, byte[] roles, List<String> groups) {
        this.rows = rows;
        this.roles = roles;
        this.groups = groups;
    }

    IntStream rowsOf(int user) {
        return IntStream.range(rows.start(user), rows.end(user));
    }

    IntStream rowsOf(int user, byte role) {
        return rowsOf(user).filter(row -> roles[row] == role);
    }

    IntStream historyOf(int user, byte role) {
        return rowsOf(user)
                .filter(row -> roles[row] == TRAIN
                        || roles[row] == CONTEXT
                        || (roles[row] == VALIDATION && role != VALIDATION));
    }

    long count(byte role) {
        return IntStream.range(0, roles.length)
                .filter(row -> roles[row] == role)
                .count();
    }

    /** Those who have a row of the role, ascending. */
    int[] usersWith(byte role) {
        return IntStream.range(0, rows.numUsers())
                .filter(user -> rowsOf(user, role).findAny().isPresent())
                .toArray();
    }
}
