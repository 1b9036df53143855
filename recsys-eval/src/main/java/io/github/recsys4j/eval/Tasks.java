package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Narrower questions than "what will the user take": held-out cases cut down to cold users, cold items, the next few
 * items, or one item at a time.
 *
 * <p>Each gives cases for {@link Evaluator#evaluate(io.github.recsys4j.Recommender, HeldOut)}. Candidates stay what the
 * evaluator says; {@link CandidateSet#of(int...)} ranks cold items among themselves.
 */
public final class Tasks {
    private Tasks() {}

    /**
     * Keeps the cases of users with few interactions in training.
     *
     * @param train the training part
     * @param cases such as the split's test cases
     * @param most how many training interactions a cold user has at most; 0 for users that training lacks
     * @return the cases of cold users; their histories stay as they are
     * @throws IllegalArgumentException if no case is left
     */
    public static HeldOut coldUsers(Dataset train, HeldOut cases, int most) {
        HeldOut cold = cases.select(cases.cases()
                .filter(index -> train.interactions().count(cases.user(index)) <= most)
                .toArray());
        checkArgument(cold.size() > 0, "cases must hold users with at most %s training interactions, got none", most);
        return cold;
    }

    /**
     * Keeps the targets that have few interactions in training, and the cases that have such a target.
     *
     * @param train the training part
     * @param cases such as the split's test cases
     * @param most how many training interactions a cold item has at most; 0 for items that training lacks
     * @return the cases with their cold targets alone
     * @throws IllegalArgumentException if no case is left
     */
    public static HeldOut coldItems(Dataset train, HeldOut cases, int most) {
        int[] counts = train.interactions().itemCounts(train.items().size());
        HeldOut cold = targets(cases, item -> counts[item] <= most);
        checkArgument(cold.size() > 0, "targets must hold items with at most %s training interactions, got none", most);
        return cold;
    }

    private static HeldOut targets(HeldOut cases, IntPredicate kept) {
        HeldOut.Builder builder = HeldOut.builder(cases.users(), cases.items());
        cases.cases().forEach(index -> {
            int[] targets = Arrays.stream(cases.targets(index)).filter(kept).toArray();
            if (targets.length > 0) {
                builder.add(cases.user(index), cases.history(index), targets);
            }
        });
        return builder.build();
    }

    /**
     * Keeps the first targets of each case: what the user takes next.
     *
     * @param cases whose targets stand in the order of time, as splits by time give them
     * @param n how many targets are kept, at least 1
     * @return the cases with at most {@code n} targets each
     * @throws IllegalArgumentException if {@code n} is below 1
     */
    public static HeldOut nextN(HeldOut cases, int n) {
        checkArgument(n >= 1, "n must be at least 1, got %s", n);
        HeldOut.Builder builder = HeldOut.builder(cases.users(), cases.items());
        cases.cases().forEach(index -> {
            int[] targets = cases.targets(index);
            builder.add(cases.user(index), cases.history(index), Arrays.copyOf(targets, Math.min(n, targets.length)));
        });
        return builder.build();
    }

    /**
     * Asks for one target after the other, each time with those before it in the history.
     *
     * @param cases whose targets stand in the order of time
     * @return a case per target; the cases of a user stand together, and statistics draw users, not cases
     */
    public static HeldOut successive(HeldOut cases) {
        HeldOut.Builder builder = HeldOut.builder(cases.users(), cases.items());
        cases.cases().forEach(index -> {
            int[] history = cases.history(index);
            for (int target : cases.targets(index)) {
                builder.add(cases.user(index), history, new int[] {target});
                history = Arrays.copyOf(history, history.length + 1);
                history[history.length - 1] = target;
            }
        });
        return builder.build();
    }
}
