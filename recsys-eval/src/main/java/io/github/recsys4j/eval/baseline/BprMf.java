package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Matrix factorisation for Bayesian personalised ranking: user and item vectors that make
 * {@code -ln sigmoid(x_u'(y_i - y_j)) + regularization / 2 (|x_u|^2 + |y_i|^2 + |y_j|^2)} small, over pairs of a user and
 * an item {@code i} the user has, drawn uniformly, each with an item {@code j} the user lacks, drawn uniformly. An epoch
 * is as many draws as there are distinct pairs; each is followed by a step of stochastic gradient descent.
 *
 * <p>Everybody is answered by folding the history in: the same descent on the same loss from a zero vector, with the
 * item vectors held still, for {@code foldInEpochs} passes over the history; of its second half the mean is taken. For a
 * user who trained this finds the vector again, up to the noise of the draws, so user vectors are not kept. Draws come from
 * the seed and the history alone.
 *
 * <p>Steps follow each other on one thread; folding in runs on many.
 *
 * @param factors width of the vectors, at least 1
 * @param learningRate size of a step, finite, greater than 0
 * @param regularization what pulls vectors towards 0, finite, greater than 0
 * @param epochs at least 1
 * @param foldInEpochs passes over a history, at least 1
 * @param seed the only source of randomness
 * @see <a href="https://arxiv.org/abs/1205.2618">Rendle et al., BPR: Bayesian Personalized Ranking from Implicit
 *     Feedback, UAI 2009</a>
 */
public record BprMf(int factors, double learningRate, double regularization, int epochs, int foldInEpochs, long seed)
        implements Baseline {
    private static final double START = 0.1;

    /**
     * Checks the settings.
     *
     * @param factors width of the vectors
     * @param learningRate size of a step
     * @param regularization what pulls vectors towards 0
     * @param epochs passes over the training pairs
     * @param foldInEpochs passes over a history
     * @param seed the only source of randomness
     * @throws IllegalArgumentException if a setting is out of range
     */
    public BprMf {
        Settings.checkAtLeastOne("factors", factors);
        Settings.checkPositive("learningRate", learningRate);
        Settings.checkPositive("regularization", regularization);
        Settings.checkAtLeastOne("epochs", epochs);
        Settings.checkAtLeastOne("foldInEpochs", foldInEpochs);
    }

    /** {@return 64 factors, learning rate 0.05, regularisation 0.01, 10 epochs, 20 for folding in, seed 42} */
    public static BprMf defaults() {
        return new BprMf(64, 0.05, 0.01, 10, 20, 42);
    }

    @Override
    public String name() {
        return "bpr";
    }

    @Override
    public Recommender train(Dataset train) {
        InteractionMatrix matrix =
                InteractionMatrix.of(train.interactions(), train.items().size());
        float[] items = new Descent(matrix.numItems()).train(matrix);
        return new HistoryRecommender(
                name(), train, new FactorScorer(items, factors, histories -> foldIn(items, histories)));
    }

    private float[] foldIn(float[] items, int[][] histories) {
        float[] users = new float[histories.length * factors];
        IntStream.range(0, histories.length).parallel().forEach(row -> {
            int[] history = InteractionMatrix.distinct(histories[row]);
            if (history.length > 0) {
                float[] user = new Descent(items, Arrays.hashCode(history)).foldIn(history);
                System.arraycopy(user, 0, users, row * factors, factors);
            }
        });
        return users;
    }

    /** Steps on item vectors, and on one user's vector at a time. Not thread-safe. */
    private final class Descent {
        private final SplittableRandom random;
        private final float[] items;
        private final int numItems;
        private final float pull = (float) (1 - learningRate * regularization);
        /** Copies of the three vectors of a step, so that its loops run over whole arrays. */
        private final float[] x = new float[factors];

        private final float[] better = new float[factors];
        private final float[] worse = new float[factors];

        private Descent(int numItems) {
            this.numItems = numItems;
            random = new SplittableRandom(seed);
            items = Settings.uniform(numItems * factors, START, random);
        }

        private Descent(float[] items, long stream) {
            this.items = items;
            numItems = items.length / factors;
            random = new SplittableRandom(seed ^ (stream * RandomItems.MULTIPLIER));
        }

        private float[] train(InteractionMatrix matrix) {
            float[] users = Settings.uniform(matrix.numUsers() * factors, START, random);
            int[] userOfPair = IntStream.range(0, matrix.numUsers())
                    .flatMap(user -> IntStream.generate(() -> user).limit(matrix.itemsOf(user).length))
                    .toArray();
            for (long draw = (long) epochs * userOfPair.length; draw > 0; draw--) {
                int user = userOfPair[random.nextInt(userOfPair.length)];
                int[] has = matrix.itemsOf(user);
                int absent = absent(has);
                if (absent >= 0) {
                    System.arraycopy(users, user * factors, x, 0, factors);
                    stepAll(has[random.nextInt(has.length)], absent);
                    System.arraycopy(x, 0, users, user * factors, factors);
                }
            }
            return items;
        }

        private float[] foldIn(int[] history) {
            float[] sum = new float[factors];
            int steps = 0;
            for (int epoch = 0; epoch < foldInEpochs; epoch++) {
                for (int present : history) {
                    int absent = absent(history);
                    if (absent >= 0) {
                        stepUser(present, absent);
                    }
                    if (2 * epoch >= foldInEpochs - 1) {
                        steps++;
                        for (int d = 0; d < factors; d++) {
                            sum[d] += x[d];
                        }
                    }
                }
            }
            for (int d = 0; d < factors; d++) {
                sum[d] /= steps;
            }
            return sum;
        }

        /** {@return an item that is not among these ascending ones, or -1 if there is none} */
        private int absent(int[] has) {
            if (has.length == numItems) {
                return -1;
            }
            int item = random.nextInt(numItems);
            while (Arrays.binarySearch(has, item) >= 0) {
                item = random.nextInt(numItems);
            }
            return item;
        }

        private void stepUser(int present, int absent) {
            System.arraycopy(items, present * factors, better, 0, factors);
            System.arraycopy(items, absent * factors, worse, 0, factors);
            float move = move();
            for (int d = 0; d < factors; d++) {
                x[d] = pull * x[d] + move * (better[d] - worse[d]);
            }
        }

        private void stepAll(int present, int absent) {
            System.arraycopy(items, present * factors, better, 0, factors);
            System.arraycopy(items, absent * factors, worse, 0, factors);
            float move = move();
            for (int d = 0; d < factors; d++) {
                float before = x[d];
                x[d] = pull * before + move * (better[d] - worse[d]);
                better[d] = pull * better[d] + move * before;
                worse[d] = pull * worse[d] - move * before;
            }
            System.arraycopy(better, 0, items, present * factors, factors);
            System.arraycopy(worse, 0, items, absent * factors, factors);
        }

        /** {@return learningRate * sigmoid(-x'(y_i - y_j)): the more wrong the order, the larger} */
        private float move() {
            float even = 0;
            float odd = 0;
            int d = 0;
            for (; d + 1 < factors; d += 2) {
                even += x[d] * (better[d] - worse[d]);
                odd += x[d + 1] * (better[d + 1] - worse[d + 1]);
            }
            if (d < factors) {
                even += x[d] * (better[d] - worse[d]);
            }
            return (float) (learningRate / (1 + Math.exp(even + odd)));
        }
    }
}
