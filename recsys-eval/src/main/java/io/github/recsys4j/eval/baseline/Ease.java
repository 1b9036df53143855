package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;

/**
 * Embarrassingly shallow autoencoder: the linear map from a history to itself that may not use an item to
 * predict that item, in closed form. With binary {@code X}, {@code P = (X'X + lambda I)^-1} and
 * {@code B(i, j) = -P(i, j) / P(j, j)}, {@code B(j, j) = 0}; {@code score(j) = sum of B(i, j) over the distinct
 * items i of the history}.
 *
 * <p>Dense in the items: training takes {@code 8 * items^2} bytes outside the heap and {@code 4 * items^2} in it,
 * and about {@code items^3} operations, so it is limited to {@value #MAX_ITEMS} items.
 *
 * @param lambda how strongly weights are pulled towards 0, finite, greater than 0
 * @see <a href="https://doi.org/10.1145/3308558.3313710">Steck, Embarrassingly Shallow Autoencoders for Sparse
 *     Data, WWW 2019</a>
 */
public record Ease(double lambda) implements Baseline {
    /** The setting of {@link Baselines#all()}. */
    public static final double DEFAULT_LAMBDA = 500;

    /** How many items a data set may have. */
    public static final int MAX_ITEMS = 40_000;

    /**
     * Checks the setting.
     *
     * @param lambda how strongly weights are pulled towards 0
     * @throws IllegalArgumentException if {@code lambda} is not a finite positive number
     */
    public Ease {
        checkArgument(lambda > 0 && Double.isFinite(lambda), "lambda must be a finite number above 0, got %s", lambda);
    }

    @Override
    public String name() {
        return "ease";
    }

    @Override
    public Recommender train(Dataset train) {
        int numItems = train.items().size();
        checkArgument(
                numItems <= MAX_ITEMS,
                "ease needs memory for items^2 weights and takes at most %s items, got %s: leave it out or filter"
                        + " rare items",
                MAX_ITEMS,
                numItems);
        float[] weights = EaseWeights.solve(InteractionMatrix.of(train.interactions(), numItems), lambda);
        return new HistoryRecommender(name(), train, (userId, history, scores) -> {
            for (int item : InteractionMatrix.distinct(history)) {
                int start = item * numItems;
                for (int other = 0; other < numItems; other++) {
                    scores[other] += weights[start + other];
                }
            }
        });
    }
}
