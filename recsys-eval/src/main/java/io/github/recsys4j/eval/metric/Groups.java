package io.github.recsys4j.eval.metric;

import static com.google.common.base.Preconditions.checkElementIndex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Divides users or items: each belongs to one named group, such as an age band or a provider.
 *
 * <p>Thread-safety: immutable.
 */
public final class Groups {
    private final List<String> names;
    private final int[] groupOf;

    private Groups(List<String> names, int[] groupOf) {
        this.names = names;
        this.groupOf = groupOf;
    }

    /**
     * Takes each one's group.
     *
     * @param groups the group's name, by index of the user or item
     * @return the division; groups in the order in which they first occur
     */
    public static Groups of(List<String> groups) {
        Map<String, Integer> numbers = new HashMap<>();
        List<String> names = new ArrayList<>();
        int[] groupOf = new int[groups.size()];
        for (int index = 0; index < groupOf.length; index++) {
            String name = groups.get(index);
            groupOf[index] = numbers.computeIfAbsent(name, unused -> numbers.size());
            if (groupOf[index] == names.size()) {
                names.add(name);
            }
        }
        return new Groups(List.copyOf(names), groupOf);
    }

    /** {@return the names of the groups} */
    public List<String> names() {
        return names;
    }

    /** The number of the group. */
    int of(int index) {
        return groupOf[checkElementIndex(index, groupOf.length, "index")];
    }
}
