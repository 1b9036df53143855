package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a new user chose before doing anything: items, categories, or both. A model that reads histories is given one
 * made of the choices: for each category the items that most chose in it, then the chosen items themselves, which as
 * the most recent ones weigh most. Only the chosen items count as seen.
 *
 * <p>{@link #apply} serves one request; {@link LiveRecommender#remember} keeps the choices in the history store, where a
 * category is an item id that begins with {@code category:}.
 *
 * <p>Thread-safety: immutable.
 *
 * @param items chosen item ids, the most wanted last
 * @param categories chosen categories, the most wanted last
 */
public record Onboarding(List<String> items, List<String> categories) {
    /** Popular items that stand for a category in the history. */
    private static final int PER_CATEGORY = 3;

    /** What the item id of a remembered category begins with. */
    static final String CATEGORY = "category:";

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
            history.addAll(typical(category, activity, known, Set.copyOf(items)));
        }
        history.addAll(items);
        return List.copyOf(history);
    }

    /** The items that stand for a category, the most popular last. */
    private static List<String> typical(
            String category, ItemActivity activity, ItemCategories known, Set<String> others) {
        List<String> typical = new ArrayList<>(
                activity.popular(PER_CATEGORY, id -> known.of(id).contains(category) && !others.contains(id)).stream()
                        .map(Recommendation::itemId)
                        .toList());
        Collections.reverse(typical);
        return typical;
    }

    /** The choices as interactions for a store, the most wanted last. */
    List<Interaction> interactions(String userId, long time) {
        List<Interaction> chosen = new ArrayList<>();
        categories.forEach(category -> chosen.add(new Interaction(userId, CATEGORY + category, time)));
        items.forEach(item -> chosen.add(new Interaction(userId, item, time)));
        return chosen;
    }

    /** The items of a stored history, without remembered categories. */
    static List<String> itemsIn(List<String> stored) {
        return stored.stream().filter(id -> !id.startsWith(CATEGORY)).toList();
    }

    /** A stored history with items that stand for each remembered category; empty if there is no such category. */
    static Optional<List<String>> expanded(List<String> stored, ItemActivity activity, ItemCategories known) {
        Set<String> items = Set.copyOf(itemsIn(stored));
        List<String> expanded = new ArrayList<>();
        boolean any = false;
        for (String id : stored) {
            if (id.startsWith(CATEGORY)) {
                expanded.addAll(typical(id.substring(CATEGORY.length()), activity, known, items));
                any = true;
            } else {
                expanded.add(id);
            }
        }
        return any ? Optional.of(expanded) : Optional.empty();
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
