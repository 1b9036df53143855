package io.github.recsys4j.model;

import java.util.List;
import java.util.Optional;

/**
 * Where a recommender finds what a user did: in the model folder, or in the application's own store.
 *
 * <p>Implementations are safe for many threads.
 */
@FunctionalInterface
public interface UserHistories {

    /**
     * Looks a user up.
     *
     * @param userId the application's own user id
     * @return item ids, oldest first, or empty if the user is not known
     */
    Optional<List<String>> find(String userId);

    /** {@return histories that know nobody} */
    static UserHistories none() {
        return userId -> Optional.empty();
    }
}
