package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.eval.baseline.SparseRows.Column;
import java.util.stream.IntStream;

/**
 * Sparse linear method: each item's column of users is explained by the other items' columns, few of them and none
 * negatively. With binary {@code X} of {@code n} users, the weights {@code w} of item {@code j} minimise
 * {@code |x_j - X w|^2 / (2 n) + alpha l1Ratio |w|_1 + alpha (1 - l1Ratio) |w|_2^2 / 2} with {@code w_j = 0} and
 * {@code w >= 0}; {@code score(j) = sum of w_i over the distinct items i of the history}.
 *
 * <p>Solved by {@link ElasticNet}. Training holds {@code 4 * items^2} bytes and is limited to {@value #MAX_ITEMS} items.
 *
 * @param alpha how strong the penalty is, finite, greater than 0
 * @param l1Ratio which share of it makes weights exactly 0, from above 0 to below 1
 * @param nonNegative whether negative weights are forbidden, as in the paper
 * @param tolerance stop when no weight moves by more than this share of the largest weight, above 0 and below 1
 * @see <a href="https://doi.org/10.1109/ICDM.2011.134">Ning and Karypis, SLIM: Sparse Linear Methods for Top-N
 *     Recommender Systems, ICDM 2011</a>
 */
public record Slim(double alpha, double l1Ratio, boolean nonNegative, double tolerance) implements Baseline {
    /** How many items a data set may have. */
    public static final int MAX_ITEMS = 40_000;

    /**
     * Checks the settings.
     *
     * @param alpha how strong the penalty is
     * @param l1Ratio which share of it makes weights exactly 0
     * @param nonNegative whether negative weights are forbidden
     * @param tolerance when to stop
     * @throws IllegalArgumentException if a setting is out of range
     */
    public Slim {
        Settings.checkPositive("alpha", alpha);
        checkArgument(l1Ratio > 0 && l1Ratio < 1, "l1Ratio must be above 0 and below 1, got %s", l1Ratio);
        checkArgument(tolerance > 0 && tolerance < 1, "tolerance must be above 0 and below 1, got %s", tolerance);
    }

    /** {@return alpha 0.2, of which 0.02 makes weights 0, none negative, to a tolerance of 0.01} */
    public static Slim defaults() {
        return new Slim(0.2, 0.02, true, 0.01);
    }

    @Override
    public String name() {
        return "slim";
    }

    @Override
    public Recommender train(Dataset train) {
        int numItems = train.items().size();
        checkArgument(
                numItems <= MAX_ITEMS,
                "slim needs memory for items^2 counts and takes at most %s items, got %s: leave it out or filter rare"
                        + " items",
                MAX_ITEMS,
                numItems);
        SparseRows weights = SparseRows.of(columns(InteractionMatrix.of(train.interactions(), numItems)));
        return new HistoryRecommender(name(), train, (userId, history, scores) -> weights.addAll(history, scores));
    }

    /** {@return for each item, what it is explained by} */
    Column[] columns(InteractionMatrix matrix) {
        double users = Math.max(1, matrix.numUsers());
        ElasticNet net = new ElasticNet(
                matrix.gram(), users * alpha * l1Ratio, users * alpha * (1 - l1Ratio), nonNegative, tolerance);
        return IntStream.range(0, matrix.numItems())
                .parallel()
                .mapToObj(net::explain)
                .toArray(Column[]::new);
    }
}
