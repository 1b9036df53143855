package io.github.recsys4j;

import io.github.recsys4j.retrieval.ItemPredicate;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Something that recommends items: a trained model, a baseline, or the application's own.
 *
 * <p>Every implementation is safe for many threads, returns at most {@code k} items without duplicates, best
 * first, ties to the lower item index, and leaves seen items out unless the request includes them. Fewer than
 * {@code k} items come back when fewer are left.
 */
public interface Recommender extends AutoCloseable {

    /**
     * Names the recommender in reports, such as {@code popularity} or {@code gsasrec}.
     *
     * @return a short name
     */
    String name();

    /**
     * Answers a request and says how.
     *
     * @param request for whom, given what, how many
     * @return the recommendations, who ranked them, and which history items were unknown
     * @throws IllegalStateException if the recommender is closed
     */
    RecommendationResult recommend(RecommendationRequest request);

    /**
     * Answers many requests, in their order; implementations with a batched model run it once for many.
     *
     * @param requests the requests
     * @return one result per request
     */
    default List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        return requests.stream().map(this::recommend).toList();
    }

    /**
     * Recommends for a user the recommender knows; for another it falls back to popular items.
     *
     * @param userId the application's own user id
     * @param k how many, at least 1
     * @return at most {@code k} recommendations, best first
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    default List<Recommendation> getRecommendations(String userId, int k) {
        return getRecommendations(RecommendationRequest.forUser(userId).k(k).build());
    }

    /**
     * Recommends from a raw history, so that somebody new needs no training.
     *
     * @param history item ids, oldest first; unknown ones are skipped
     * @param k how many, at least 1
     * @return at most {@code k} recommendations, best first
     * @throws IllegalArgumentException if {@code k} is below 1
     */
    default List<Recommendation> getRecommendations(List<String> history, int k) {
        return getRecommendations(RecommendationRequest.forHistory(history).k(k).build());
    }

    /**
     * Recommends for a request with options.
     *
     * @param request for whom, given what, how many
     * @return at most {@code k} recommendations, best first
     */
    default List<Recommendation> getRecommendations(RecommendationRequest request) {
        return recommend(request).recommendations();
    }

    /**
     * Offers user and item vectors whose inner product is the score, for evaluation and batch work in blocks.
     *
     * @return the scorer, or empty if scores are not such products
     */
    default Optional<BatchScorer> batchScorer() {
        return Optional.empty();
    }

    /**
     * Says what the recommender itself has on record of a user, which decides where a request brings no history.
     *
     * @param userId the application's own user id
     * @return item ids, oldest first; empty for a user it does not know, or where it keeps no histories
     */
    default List<String> history(String userId) {
        return List.of();
    }

    /**
     * Says which items fulfil a {@linkplain RecommendationRequest#filter() condition} on their columns, for somebody who
     * answers in its place, such as a fallback.
     *
     * @param condition on columns of the items' table
     * @return a test of item ids that stays valid when the recommender is closed, or empty where it keeps no columns
     * @throws IllegalArgumentException if a column is not there
     */
    default Optional<Predicate<String>> matching(ItemPredicate condition) {
        return Optional.empty();
    }

    /** Releases what the recommender owns; a second call is harmless. */
    @Override
    default void close() {}
}
