package io.github.recsys4j.serve;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * A user in numbers.
 *
 * @param interactions how many
 * @param distinctItems how many different items
 * @param first the time of the oldest, in milliseconds since 1970; empty without interactions
 * @param last the time of the newest
 * @param perCategory interactions with items of each category, by its name; an item in two counts in both
 */
public record UserStatistics(
        int interactions, int distinctItems, OptionalLong first, OptionalLong last, Map<String, Integer> perCategory) {

    /**
     * Copies the histogram.
     *
     * @param interactions how many
     * @param distinctItems how many items
     * @param first the oldest
     * @param last the newest
     * @param perCategory the histogram
     */
    public UserStatistics {
        perCategory = Map.copyOf(perCategory);
    }

    /**
     * Counts a history.
     *
     * @param history in any order
     * @param categories of the items
     * @return the numbers
     */
    public static UserStatistics of(List<Interaction> history, ItemCategories categories) {
        Map<String, Integer> histogram = new TreeMap<>();
        history.forEach(interaction ->
                categories.of(interaction.itemId()).forEach(category -> histogram.merge(category, 1, Integer::sum)));
        return new UserStatistics(
                history.size(),
                (int) history.stream().map(Interaction::itemId).distinct().count(),
                history.stream().mapToLong(Interaction::time).min(),
                history.stream().mapToLong(Interaction::time).max(),
                histogram);
    }
}
