package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Implicit alternating least squares: user vectors {@code x} and item vectors {@code y} that minimise the sum over
 * all pairs of {@code c_ui (p_ui - x_u'y_i)^2 + regularization (sum |x_u|^2 + sum |y_i|^2)}, where {@code p_ui} is 1
 * if user {@code u} has item {@code i} and 0 otherwise, and {@code c_ui = 1 + alpha * how often}. Each iteration
 * solves for all users and then for all items, exactly.
 *
 * <p>The regularisation is plain, not scaled by how much a user has. Everybody is answered by folding the history in:
 * the user's least-squares vector for the trained items, so somebody new is answered as well as anybody. An iteration
 * takes about {@code 2 * interactions * factors^2 + (users + items) * factors^3 / 3} operations.
 *
 * <p>The {@code implicit} library's confidence is its {@code alpha * how often}; what it calls 2 is 1 here where
 * everything happens once.
 *
 * @param factors width of the vectors, at least 1
 * @param regularization finite, greater than 0
 * @param alpha how much more an observed pair weighs than another, finite, greater than 0
 * @param iterations at least 1
 * @param seed the only source of randomness: the vectors that training starts with
 * @see <a href="https://doi.org/10.1109/ICDM.2008.22">Hu, Koren and Volinsky, Collaborative Filtering for Implicit
 *     Feedback Datasets, ICDM 2008</a>
 */
public record Ials(int factors, double regularization, double alpha, int iterations, long seed) implements Baseline {
    private static final double START = 0.01;

    /**
     * Checks the settings.
     *
     * @param factors width of the vectors
     * @param regularization what pulls vectors towards 0
     * @param alpha how much more an observed pair weighs
     * @param iterations how often users and items are solved
     * @param seed the only source of randomness
     * @throws IllegalArgumentException if a setting is out of range
     */
    public Ials {
        Settings.checkAtLeastOne("factors", factors);
        Settings.checkPositive("regularization", regularization);
        Settings.checkPositive("alpha", alpha);
        Settings.checkAtLeastOne("iterations", iterations);
    }

    /** {@return 64 factors, regularisation 10, alpha 1, 15 iterations, seed 42} */
    public static Ials defaults() {
        return new Ials(64, 10, 1, 15, 42);
    }

    @Override
    public String name() {
        return "ials";
    }

    @Override
    public Recommender train(Dataset train) {
        InteractionMatrix matrix =
                InteractionMatrix.counted(train.interactions(), train.items().size());
        float[] items = Settings.uniform(matrix.numItems() * factors, START, new SplittableRandom(seed));
        for (int iteration = 0; iteration < iterations; iteration++) {
            items = iterate(matrix, items).items;
        }
        LeastSquares foldIn = against(items);
        return new HistoryRecommender(
                name(),
                train,
                new FactorScorer(
                        items,
                        factors,
                        histories -> foldIn.solve(Arrays.stream(histories)
                                .map(InteractionMatrix::sorted)
                                .toArray(int[][]::new))));
    }

    /** What an iteration leaves, shapes {@code [users, factors]} and {@code [items, factors]}. */
    static final class Factors {
        private final float[] users;
        private final float[] items;

        Factors(float[] users, float[] items) {
            this.users = users;
            this.items = items;
        }

        float[] users() {
            return users;
        }

        float[] items() {
            return items;
        }
    }

    /** Solves for the users and then for the items. */
    Factors iterate(InteractionMatrix matrix, float[] items) {
        float[] users = against(items).solve(matrix.byUser());
        return new Factors(users, against(users).solve(matrix.byItem()));
    }

    private LeastSquares against(float[] fixed) {
        return new LeastSquares(fixed, factors, alpha, regularization);
    }
}
