package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Measures lists that somebody else computed, and refuses those that break the recommender's contract. */
final class ReadyRanking {
    private final String name;
    private final Task task;
    private final Summary summary;

    ReadyRanking(String name, Task task, Summary summary) {
        this.name = name;
        this.task = task;
        this.summary = summary;
    }

    void rank(List<int[]> lists) {
        int total = task.cases().size();
        checkArgument(
                lists.size() == total, "lists of \"%s\" must be one per case = %s, got %s", name, total, lists.size());
        for (int index = 0; index < total; index++) {
            int[] list = lists.get(index);
            check(index, list);
            summary.accept(index, Arrays.copyOf(list, Math.min(list.length, task.k())), task.standing(index, list));
        }
    }

    private void check(int index, int[] list) {
        BitSet left = task.allowed(index);
        for (int item : list) {
            checkArgument(
                    item >= 0 && left.get(item),
                    "list of \"%s\" for user \"%s\" must hold candidates once each, unseen ones where seen items are"
                            + " filtered, got item %s",
                    name,
                    task.userId(index),
                    item);
            left.clear(item);
        }
    }
}
