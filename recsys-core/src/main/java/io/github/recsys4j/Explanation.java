package io.github.recsys4j;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/**
 * Why a user gets an item: which items of the history speak for it, and what the item itself is made of.
 *
 * <pre>{@code
 * RecommendationResult answer = recommender.recommend(forUser("u").explain().build());
 * Explanation why = answer.explanations().get("espresso-machine");
 * String because = why.history().get(0).itemId();
 * double ofThePicture = why.contents().getOrDefault("image", 0.0);
 * }</pre>
 *
 * <p>Thread-safety: immutable.
 *
 * @param itemId the item that is explained
 * @param score the model's score for the user; an answer that was re-ranked may show another one
 * @param history the items of the history that the model reads, each once, those that speak most for the item first;
 *     empty where the model knows none, and popularity answers
 * @param contents how much each kind of content, and {@code id}, gave to the item, shares that sum to 1; empty where items
 *     are ids only
 */
public record Explanation(String itemId, double score, List<Influence> history, Map<String, Double> contents) {

    /**
     * Copies what it is given.
     *
     * @param itemId the item that is explained
     * @param score its score for the user
     * @param history the items of the history, the strongest first
     * @param contents shares by modality
     */
    public Explanation {
        history = List.copyOf(history);
        contents = ImmutableMap.copyOf(contents);
    }

    /**
     * What an item of the history does to a score.
     *
     * @param itemId the item of the history
     * @param effect by how much the score falls without it; negative where it speaks against the recommendation
     */
    public record Influence(String itemId, double effect) {}
}
