package io.github.recsys4j.split;

import io.github.recsys4j.DatasetException;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.util.stream.IntStream;

/**
 * Holds back whole items: none of their interactions trains, and they are what has to be found. This measures
 * whether a model can recommend from content what nobody has touched yet.
 *
 * <p>Items are drawn from (seed, item id), each with the same chance. The history of a case is what the user did
 * with other items, before or after the target. The rows of users who have nothing else are dropped and counted.
 * A model with a vector per item id has nothing but noise for cold items. What it does not prevent: time is
 * ignored, so training and histories hold what happened after a target.
 *
 * @param ratios which shares of the items are held back
 * @param seed decides which items
 */
public record ColdItemSplit(Ratios ratios, long seed) implements Splitter {

    @Override
    public Split split(Dataset dataset) {
        Assignment assignment = new Assignment(dataset);
        Interactions rows = dataset.interactions();
        byte[] roleOfItem = draw(dataset);
        for (int user = 0; user < rows.numUsers(); user++) {
            boolean warm = IntStream.range(rows.start(user), rows.end(user))
                    .anyMatch(row -> roleOfItem[rows.item(row)] == Layout.TRAIN);
            for (int row = rows.start(user); row < rows.end(user); row++) {
                if (warm) {
                    assignment.set(row, roleOfItem[rows.item(row)]);
                } else {
                    assignment.drop(row, "cold item of a user without training rows");
                }
            }
        }
        assignment.note("held-back items never train: a model with a vector per item id has none for them");
        assignment.note("time is ignored: training and histories hold what happened after a target");
        return assignment.toSplit(protocol());
    }

    private byte[] draw(Dataset dataset) {
        int[] counts = dataset.interactions().itemCounts(dataset.items().size());
        int[] eligible = IntStream.range(0, counts.length)
                .filter(item -> counts[item] > 0)
                .toArray();
        if (eligible.length < ratios.minimum()) {
            throw new DatasetException(protocol() + " needs at least " + ratios.minimum()
                    + " items with interactions, found " + eligible.length + ": give more data.");
        }
        int[] shuffled = new Keys(seed).shuffled(eligible, dataset.items());
        int test = ratios.testOf(eligible.length);
        int held = test + ratios.validationOf(eligible.length);
        byte[] roles = new byte[counts.length];
        for (int i = 0; i < held; i++) {
            roles[shuffled[i]] = i < test ? Layout.TEST : Layout.VALIDATION;
        }
        return roles;
    }

    private String protocol() {
        return "cold-item(" + ratios + ", seed=" + seed + ")";
    }
}
