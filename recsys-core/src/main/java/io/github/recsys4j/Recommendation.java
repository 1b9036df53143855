package io.github.recsys4j;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Objects;

/**
 * One recommended item.
 *
 * @param itemId the application's own item id
 * @param score what ranks: finite, higher is better, comparable within one answer only
 */
public record Recommendation(String itemId, float score) {

    /**
     * Checks the score.
     *
     * @param itemId the item
     * @param score what ranks
     * @throws IllegalArgumentException if the score is NaN
     */
    public Recommendation {
        Objects.requireNonNull(itemId, "itemId");
        checkArgument(!Float.isNaN(score), "score of item %s must be a number, got NaN", itemId);
    }
}
