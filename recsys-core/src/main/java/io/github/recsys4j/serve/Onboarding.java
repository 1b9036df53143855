package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a new user chose before doing anything: items, categories, or both. A model that reads histories is given one
 * made of the choices: for each category the items that most chose in it, then the chosen items themselves, which as
 * the most recent ones weigh most. Only the chosen items count as seen.
 *
 * <p>Thread-safety: immutable.
 *
 * @param items chosen item ids, the most wanted last
 * @param categories chosen categories, the most wanted last
 */
public record Onboarding(List<String> items, List<String> categories) {
    /** Popular items that stand for a category in the history. */
    private static final int PER_CATEGORY = 3;

    /**
     * Copies the choices.
     *
     * @param items chosen items
     * @param categories chosen categories
     * @throws IllegalArgumentException if nothing is chosen
     */
    public Onboarding {
        items = List.copyOf(items);
        categories = List.copyOf(categories);
        checkArgument(
                !items.isEmpty() || !categories.isEmpty(),
                "items and categories are both empty: choose at least one, or ask without onboarding");
    }

    /**
     * {@return the choice of some items}
     *
     * @param items at least one, the most wanted last
     */
    public static Onboarding ofItems(Collection<String> items) {
        return new Onboarding(List.copyOf(items), List.of());
    }

    /**
     * {@return the choice of some categories}
     *
     * @param categories at least one, the most wanted last
     */
    public static Onboarding ofCategories(Collection<String> categories) {
        return new Onboarding(List.of(), List.copyOf(categories));
    }

    /**
     * Turns the choices into a history.
     *
     * @param activity who says which items stand for a category
     * @param known the categories of the items
     * @return item ids, the most wanted last, without duplicates
     */
    public List<String> history(ItemActivity activity, ItemCategories known) {
        Set<String> history = new LinkedHashSet<>();
        for (String category : categories) {
            List<String> typical = new ArrayList<>(
                    activity
                            .popular(PER_CATEGORY, id -> known.of(id).contains(category) && !items.contains(id))
                            .stream()
                            .map(Recommendation::itemId)
                            .toList());
            Collections.reverse(typical);
            history.addAll(typical);
        }
        history.addAll(items);
        return List.copyOf(history);
    }

    /**
     * Puts the choices into a request in place of a history.
     *
     * @param request for a user of whom nothing else is known
     * @param activity who says which items stand for a category
     * @param known the categories of the items
     * @return the request with a history, and with the chosen items as seen unless it says itself what is seen
     */
    public RecommendationRequest apply(RecommendationRequest request, ItemActivity activity, ItemCategories known) {
        return request.toBuilder()
                .history(history(activity, known))
                .seen(request.seen().<Collection<String>>map(seen -> seen).orElse(items))
                .build();
    }
}
