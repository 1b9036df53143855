package io.github.recsys4j;

import java.util.List;

/**
 * The answer to one request: the recommendations and how they came about.
 *
 * @param recommendations best first, ties by item index, at most {@code k}, without duplicates
 * @param source who ranked them
 * @param unknownItems items of the request's history that the model does not know and therefore skipped, in
 *     their order
 */
public record RecommendationResult(List<Recommendation> recommendations, Source source, List<String> unknownItems) {

    /** Who ranked an answer. */
    public enum Source {
        /** The model, from a history of at least one item that it knows. */
        MODEL,
        /** Popularity, because there was no user and no history that the model knows. */
        POPULARITY
    }

    /**
     * Copies the lists.
     *
     * @param recommendations best first
     * @param source who ranked them
     * @param unknownItems skipped items
     */
    public RecommendationResult {
        recommendations = List.copyOf(recommendations);
        unknownItems = List.copyOf(unknownItems);
    }

    /**
     * An answer of the model with nothing to report.
     *
     * @param recommendations best first
     * @return the result
     */
    public static RecommendationResult of(List<Recommendation> recommendations) {
        return new RecommendationResult(recommendations, Source.MODEL, List.of());
    }
}
