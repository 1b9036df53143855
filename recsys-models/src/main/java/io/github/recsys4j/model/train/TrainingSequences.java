package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Interactions;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The users' sequences as next-item prediction sees them: of the {@code maxLength + 1} most recent items all but
 * the last are inputs and all but the first are labels.
 *
 * <p>Reads the interactions in place and copies nothing. Users with fewer than two items teach nothing and are
 * left out, and counted. Thread-safety: immutable.
 */
final class TrainingSequences {
    private final Interactions interactions;
    private final int maxLength;
    private final int[] users;

    TrainingSequences(Interactions interactions, int maxLength) {
        this.interactions = interactions;
        this.maxLength = maxLength;
        this.users = IntStream.range(0, interactions.numUsers())
                .filter(user -> interactions.count(user) >= 2)
                .toArray();
        checkArgument(
                users.length > 0,
                "training needs at least 1 user with 2 interactions, got none among %s users with %s interactions",
                interactions.numUsers(),
                interactions.size());
    }

    int maxLength() {
        return maxLength;
    }

    /** {@return how many users have at least two items} */
    int size() {
        return users.length;
    }

    int skippedUsers() {
        return interactions.numUsers() - users.length;
    }

    /** {@return shape {@code [numItems]}: how often each item occurs} */
    int[] itemCounts(int numItems) {
        return interactions.itemCounts(numItems);
    }

    /** {@return the users of one epoch in their order, a function of seed and epoch alone} */
    int[] order(long seed, long epoch) {
        int[] order = users.clone();
        Randomness.of(seed, Randomness.Purpose.SHUFFLE, epoch).shuffle(order);
        return order;
    }

    /** {@return how many inputs, and so labels, a user has: from 1 to the maximum length} */
    int length(int user) {
        return Math.min(interactions.count(user) - 1, maxLength);
    }

    /** {@return the item of input {@code position}, 0 being the oldest; label {@code p} is input {@code p + 1}} */
    int item(int user, int position) {
        return interactions.item(interactions.end(user) - 1 - length(user) + position);
    }

    /** {@return the user's distinct items, ascending} */
    int[] sortedItems(int user) {
        return Arrays.stream(interactions.items(user)).sorted().distinct().toArray();
    }
}
