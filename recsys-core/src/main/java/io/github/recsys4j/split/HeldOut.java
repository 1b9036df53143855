package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Evaluation cases: for each, a user, the history a recommender is given, which also counts as seen, and the
 * targets it is never given.
 *
 * <p>Cases that a splitter makes are views of the data set's own columns, so a million of them cost four bytes
 * each beside one byte per interaction.
 *
 * <p>Thread-safety: immutable; the arrays that accessors return are copies.
 */
public final class HeldOut {
    private final Vocabulary users;
    private final Vocabulary items;
    private final Cases cases;

    HeldOut(Vocabulary users, Vocabulary items, Cases cases) {
        this.users = users;
        this.items = items;
        this.cases = cases;
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
        return cases.size();
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
        return cases.user(checkElementIndex(index, size(), "case"));
    }

    /**
     * {@return the item indices a recommender is given, oldest first; all of them count as seen}
     *
     * @param index a case
     */
    public int[] history(int index) {
        return cases.history(checkElementIndex(index, size(), "case"));
    }

    /**
     * {@return the item indices to be found, at least one}
     *
     * @param index a case
     */
    public int[] targets(int index) {
        return cases.targets(checkElementIndex(index, size(), "case"));
    }

    /**
     * {@return a request builder with the case's user and history, and not its targets}
     *
     * @param index a case
     */
    public RecommendationRequest.Builder request(int index) {
        return RecommendationRequest.forUser(users.id(user(index))).history(items.idsOf(history(index)));
    }

    /**
     * {@return those cases alone}
     *
     * @param numbers which cases, in this order
     */
    public HeldOut select(int[] numbers) {
        Arrays.stream(numbers).forEach(index -> checkElementIndex(index, size(), "case"));
        return new HeldOut(users, items, cases.select(numbers));
    }

    /** {@return the cases' numbers, to stream over} */
    public IntStream cases() {
        return IntStream.range(0, size());
    }

    Cases source() {
        return cases;
    }

    @Override
    public String toString() {
        return "HeldOut[" + size() + " cases]";
    }

    /** Collects cases. Not thread-safe. */
    public static final class Builder {
        private final Vocabulary knownUsers;
        private final Vocabulary knownItems;
        private final Ragged.Builder users = new Ragged.Builder();
        private final Ragged.Builder histories = new Ragged.Builder();
        private final Ragged.Builder targets = new Ragged.Builder();

        private Builder(Vocabulary users, Vocabulary items) {
            knownUsers = users;
            knownItems = items;
        }

        /**
         * Adds a case.
         *
         * @param user a user index
         * @param history item indices, oldest first; may be empty
         * @param held the item indices to be found, at least one
         * @return this
         * @throws IllegalArgumentException if there is no target
         * @throws IndexOutOfBoundsException if an index is out of range
         */
        @CanIgnoreReturnValue
        public Builder add(int user, int[] history, int[] held) {
            checkArgument(held.length > 0, "targets of user \"%s\" must not be empty", knownUsers.id(user));
            check(history);
            check(held);
            users.add(new int[] {checkElementIndex(user, knownUsers.size(), "user")});
            histories.add(history);
            targets.add(held);
            return this;
        }

        private void check(int[] indices) {
            Arrays.stream(indices).forEach(item -> checkElementIndex(item, knownItems.size(), "item"));
        }

        /** {@return the cases} */
        public HeldOut build() {
            return new HeldOut(
                    knownUsers, knownItems, new Cases.Listed(users.build(), histories.build(), targets.build()));
        }
    }
}
