package io.github.recsys4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to one request: the recommendations and how they came about.
 *
 * @param recommendations best first, ties by item index, at most {@code k}, without duplicates
 * @param source who ranked them
 * @param unknownItems items of the request's history that the model does not know and therefore skipped, in
 *     their order
 * @param degradations what went wrong on the way and was answered around, such as a history that could not be read in
 *     time; empty where all went well
 * @param arm which arm of an experiment answered, or empty if there was none
 * @param explanations why each item is recommended, by item id in the order of the recommendations; empty where the
 *     request did not {@linkplain RecommendationRequest.Builder#explain() ask}, or whoever answered cannot say
 */
public record RecommendationResult(
        List<Recommendation> recommendations,
        Source source,
        List<String> unknownItems,
        List<String> degradations,
        Optional<String> arm,
        Map<String, Explanation> explanations) {

    /** Who ranked an answer. */
    public enum Source {
        /** The model, from a history of at least one item that it knows. */
        MODEL,
        /** Popularity, because there was no user and no history that the model knows. */
        POPULARITY,
        /** What was chosen last by anybody, for the same reason. */
        RECENT,
        /** What many chose of late, for the same reason. */
        TRENDING,
        /** What is popular in the user's categories, for the same reason. */
        CATEGORY
    }

    /**
     * Copies the lists.
     *
     * @param recommendations best first
     * @param source who ranked them
     * @param unknownItems skipped items
     * @param degradations what went wrong
     * @param arm of an experiment
     * @param explanations by item id
     */
    public RecommendationResult {
        recommendations = List.copyOf(recommendations);
        unknownItems = List.copyOf(unknownItems);
        degradations = List.copyOf(degradations);
        explanations = Collections.unmodifiableMap(new LinkedHashMap<>(explanations));
    }

    /**
     * An answer to which nothing went wrong, of no experiment.
     *
     * @param recommendations best first
     * @param source who ranked them
     * @param unknownItems skipped items
     */
    public RecommendationResult(List<Recommendation> recommendations, Source source, List<String> unknownItems) {
        this(recommendations, source, unknownItems, List.of(), Optional.empty(), Map.of());
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

    /** {@return whether something went wrong and was answered around} */
    public boolean isDegraded() {
        return !degradations.isEmpty();
    }

    /**
     * {@return the same with other recommendations; explanations stay with the items that the same ranker still
     * recommends}
     *
     * @param others best first
     * @param ranker who ranked them
     */
    public RecommendationResult with(List<Recommendation> others, Source ranker) {
        RecommendationResult bare = new RecommendationResult(others, ranker, unknownItems, degradations, arm, Map.of());
        return ranker == source ? bare.withExplanations(explanations) : bare;
    }

    /**
     * {@return the same, saying why}
     *
     * @param reasons by item id; those of items that are not recommended are left out
     */
    public RecommendationResult withExplanations(Map<String, Explanation> reasons) {
        Map<String, Explanation> kept = new LinkedHashMap<>();
        for (Recommendation one : recommendations) {
            Explanation reason = reasons.get(one.itemId());
            if (reason != null) {
                kept.put(one.itemId(), reason);
            }
        }
        return new RecommendationResult(recommendations, source, unknownItems, degradations, arm, kept);
    }

    /**
     * {@return the same, saying what went wrong}
     *
     * @param degradation what, and why
     */
    public RecommendationResult withDegradation(String degradation) {
        List<String> more = new ArrayList<>(degradations);
        more.add(degradation);
        return new RecommendationResult(recommendations, source, unknownItems, more, arm, explanations);
    }

    /**
     * {@return the same, answered by an arm of an experiment}
     *
     * @param name of the arm
     */
    public RecommendationResult withArm(String name) {
        return new RecommendationResult(
                recommendations, source, unknownItems, degradations, Optional.of(name), explanations);
    }
}
