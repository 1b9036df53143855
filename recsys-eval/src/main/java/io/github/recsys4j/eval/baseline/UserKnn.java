package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.TopK;
import java.util.Optional;

/**
 * User-based nearest neighbours on binary rows: {@code sim(u, v) = |items of both| / (sqrt(|items of u|) *
 * sqrt(|items of v|) + shrink)}, the {@code k} most similar users, and {@code score(j) = sum of sim(u, v) over the
 * neighbours v who have j}.
 *
 * <p>There is nothing to train: neighbours are looked for when somebody asks, by that history, so somebody new is
 * answered as well as anybody. The user a request names is not a neighbour of that user. Equal similarities at the
 * cut go to the lower user index. An answer takes as long as going through the users of each item of the history.
 *
 * @param k how many neighbours, at least 1
 * @param shrink what pulls similarities of users with few items towards 0, finite, at least 0
 * @see <a href="https://doi.org/10.1145/312624.312682">Herlocker et al., An Algorithmic Framework for Performing
 *     Collaborative Filtering, SIGIR 1999</a>
 */
public record UserKnn(int k, double shrink) implements Baseline {
    /** The setting of {@link Baselines#all()}, without shrink. */
    public static final int DEFAULT_K = 100;

    /**
     * Checks the settings.
     *
     * @param k how many neighbours
     * @param shrink what pulls similarities of users with few items towards 0
     * @throws IllegalArgumentException if {@code k} is below 1 or {@code shrink} negative or not finite
     */
    public UserKnn {
        checkArgument(k >= 1, "k must be at least 1, got %s", k);
        checkArgument(shrink >= 0 && Double.isFinite(shrink), "shrink must be finite and at least 0, got %s", shrink);
    }

    /** {@return plain cosine and {@value #DEFAULT_K} neighbours} */
    public static UserKnn defaults() {
        return new UserKnn(DEFAULT_K, 0);
    }

    @Override
    public String name() {
        return "user-knn";
    }

    @Override
    public Recommender train(Dataset train) {
        InteractionMatrix matrix =
                InteractionMatrix.of(train.interactions(), train.items().size());
        return new HistoryRecommender(name(), train, (userId, history, scores) -> {
            RankedItems neighbours = neighbours(matrix, index(train, userId), InteractionMatrix.distinct(history));
            for (int place = 0; place < neighbours.size(); place++) {
                for (int item : matrix.itemsOf(neighbours.item(place))) {
                    scores[item] += neighbours.score(place);
                }
            }
        });
    }

    private static int index(Dataset train, Optional<String> userId) {
        return userId.map(train.users()::indexOf).orElse(Vocabulary.UNKNOWN);
    }

    private RankedItems neighbours(InteractionMatrix matrix, int self, int[] items) {
        int[] shared = matrix.sharedBy(items);
        TopK top = new TopK(Math.max(1, Math.min(k, shared.length)));
        double norm = Math.sqrt(items.length);
        for (int user = 0; user < shared.length; user++) {
            if (shared[user] > 0 && user != self) {
                double other = Math.sqrt(matrix.itemsOf(user).length);
                top.offer(user, (float) (shared[user] / (norm * other + shrink)));
            }
        }
        return top.drain();
    }
}
