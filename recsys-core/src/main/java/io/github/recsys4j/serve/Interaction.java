package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * One observed user-item event.
 *
 * @param userId the application's own user id, not empty
 * @param itemId the application's own item id, not empty
 * @param time in milliseconds since 1970-01-01 UTC
 */
public record Interaction(String userId, String itemId, long time) {

    /**
     * Checks the ids.
     *
     * @param userId who
     * @param itemId what
     * @param time when
     * @throws IllegalArgumentException if an id is empty
     */
    public Interaction {
        checkArgument(!userId.isEmpty(), "user id of an interaction must not be empty: give the application's own id");
        checkArgument(!itemId.isEmpty(), "item id of an interaction must not be empty: give the application's own id");
    }
}
