package io.github.recsys4j.split;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import io.github.recsys4j.data.Dataset;
import java.util.Map;

/**
 * A data set cut in parts: what a recommender may learn from, what chooses its settings, what measures it.
 *
 * @param train the interactions to learn from; users and items are those of the whole data set
 * @param validation cases to choose settings with; may be empty
 * @param test cases to measure with; may be empty
 * @param groups further cases to measure with, apart from {@code test} and by name, such as {@code cold-item}; in
 *     most splits empty
 * @param report what was held back, who was too short, and what the split does not prevent
 */
public record Split(Dataset train, HeldOut validation, HeldOut test, Map<String, HeldOut> groups, SplitReport report) {

    /**
     * Copies the groups and keeps their order.
     *
     * @param train the interactions to learn from
     * @param validation cases to choose settings with
     * @param test cases to measure with
     * @param groups further cases to measure with, by name
     * @param report what was held back
     */
    public Split {
        groups = ImmutableMap.copyOf(groups);
    }

    /**
     * Makes a split without further groups.
     *
     * @param train the interactions to learn from
     * @param validation cases to choose settings with
     * @param test cases to measure with
     * @param report what was held back
     */
    public Split(Dataset train, HeldOut validation, HeldOut test, SplitReport report) {
        this(train, validation, test, Map.of(), report);
    }

    /**
     * Puts other cases in the place of {@code test}: some of them, or a group. The report stays that of the whole
     * split.
     *
     * @param cases what to measure with
     * @return the split with these test cases
     */
    public Split withTest(HeldOut cases) {
        return new Split(train, validation, cases, groups, report);
    }

    /**
     * Finds a group.
     *
     * @param name such as {@code cold-item}
     * @return its cases
     * @throws IllegalArgumentException if there is no such group
     */
    public HeldOut group(String name) {
        HeldOut cases = groups.get(name);
        checkArgument(cases != null, "group must be one of %s, got \"%s\"", groups.keySet(), name);
        return cases;
    }
}
