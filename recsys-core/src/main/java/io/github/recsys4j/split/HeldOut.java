package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Evaluation cases: for each, a user, the history a recommender is given, the items that count as seen, and the
 * targets it is never given.
 *
 * <p>Thread-safety: immutable; the arrays that accessors return are copies.
 */
public final class HeldOut {
    private final Vocabulary users;
    private final Vocabulary items;
    private final int[] userIndices;
    private final int[][] histories;
    private final int[][] targets;

    private HeldOut(Builder builder) {
        users = builder.users;
        items = builder.items;
        userIndices = builder.userIndices.stream().mapToInt(Integer::intValue).toArray();
        histories = builder.histories.toArray(int[][]::new);
        targets = builder.targets.toArray(int[][]::new);
    }

    /**
     * Starts a list of cases.
     *
     * @param users the users, by index
     * @param items the items, by index
     * @return a builder
     */
    public static Builder builder(Vocabulary users, Vocabulary items) {
        return new Builder(users, items);
    }

    /** {@return how many cases there are} */
    public int size() {
        return userIndices.length;
    }

    /** {@return the users, by index} */
    public Vocabulary users() {
        return users;
    }

    /** {@return the items, by index} */
    public Vocabulary items() {
        return items;
    }

    /**
     * {@return its user's index}
     *
     * @param index a case
     */
    public int user(int index) {
        return userIndices[checkElementIndex(index, size(), "case")];
    }

    /**
     * {@return item indices before the targets, oldest first; all of them count as seen}
     *
     * @param index a case
     */
    public int[] history(int index) {
        return histories[checkElementIndex(index, size(), "case")].clone();
    }

    /**
     * {@return the item indices to be found, at least one}
     *
     * @param index a case
     */
    public int[] targets(int index) {
        return targets[checkElementIndex(index, size(), "case")].clone();
    }

    /**
     * {@return a request builder with the case's user and history, and not its targets}
     *
     * @param index a case
     */
    public RecommendationRequest.Builder request(int index) {
        return RecommendationRequest.forUser(users.id(user(index))).history(items.idsOf(histories[index]));
    }

    /**
     * {@return those cases alone}
     *
     * @param cases which cases, in this order
     */
    public HeldOut select(int[] cases) {
        Builder builder = builder(users, items);
        for (int index : cases) {
            builder.add(user(index), histories[index], targets[index]);
        }
        return builder.build();
    }

    /** {@return the cases' numbers, to stream over} */
    public IntStream cases() {
        return IntStream.range(0, size());
    }

    /** Collects cases. Not thread-safe. */
    public static final class Builder {
        private final Vocabulary users;
        private final Vocabulary items;
        private final List<Integer> userIndices = new ArrayList<>();
        private final List<int[]> histories = new ArrayList<>();
        private final List<int[]> targets = new ArrayList<>();

        private Builder(Vocabulary users, Vocabulary items) {
            this.users = users;
            this.items = items;
        }

        /**
         * Adds a case.
         *
         * @param user a user index
         * @param history item indices, oldest first; may be empty
         * @param held the item indices to be found, at least one
         * @return this
         * @throws IllegalArgumentException if there is no target or an index is out of range
         */
        @CanIgnoreReturnValue
        public Builder add(int user, int[] history, int[] held) {
            checkArgument(held.length > 0, "targets of user \"%s\" must not be empty", users.id(user));
            check(history);
            check(held);
            userIndices.add(user);
            histories.add(history.clone());
            targets.add(held.clone());
            return this;
        }

        private void check(int[] indices) {
            Arrays.stream(indices).forEach(item -> checkElementIndex(item, items.size(), "item"));
        }

        /** {@return the cases} */
        public HeldOut build() {
            return new HeldOut(this);
        }
    }
}
