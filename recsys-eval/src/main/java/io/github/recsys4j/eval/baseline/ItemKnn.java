package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.eval.baseline.SparseRows.Column;
import java.util.stream.IntStream;

/**
 * Item-based nearest neighbours on binary columns: {@code sim(i, j) = |users of both| / (sqrt(|users of i|) *
 * sqrt(|users of j|) + shrink)}, each item {@code j} keeping its {@code k} most similar ones, and
 * {@code score(j) = sum of sim(i, j) over the distinct items i of the history}.
 *
 * <p>An item is not its own neighbour. Equal similarities at the cut go to the lower item index. With all
 * neighbours the memory is that of the pairs of items that share a user, 8 bytes each.
 *
 * @param k neighbours of each item, at least 1
 * @param shrink what pulls similarities of rare items towards 0, finite, at least 0
 * @see <a href="https://doi.org/10.1145/963770.963776">Deshpande and Karypis, Item-Based Top-N Recommendation
 *     Algorithms, TOIS 2004</a>
 */
public record ItemKnn(int k, double shrink) implements Baseline {

    /**
     * Checks the settings.
     *
     * @param k neighbours of each item
     * @param shrink what pulls similarities of rare items towards 0
     * @throws IllegalArgumentException if {@code k} is below 1 or {@code shrink} negative or not finite
     */
    public ItemKnn {
        checkArgument(k >= 1, "k must be at least 1, got %s", k);
        checkArgument(shrink >= 0 && Double.isFinite(shrink), "shrink must be finite and at least 0, got %s", shrink);
    }

    /** {@return plain cosine: every item that shares a user is a neighbour, and nothing is shrunk} */
    public static ItemKnn allNeighbours() {
        return new ItemKnn(Integer.MAX_VALUE, 0);
    }

    @Override
    public String name() {
        return "item-knn";
    }

    @Override
    public Recommender train(Dataset train) {
        InteractionMatrix matrix =
                InteractionMatrix.of(train.interactions(), train.items().size());
        SparseRows similarities = SparseRows.of(IntStream.range(0, matrix.numItems())
                .parallel()
                .mapToObj(item -> neighbours(matrix, item))
                .toArray(Column[]::new));
        return new HistoryRecommender(name(), train, (userId, history, scores) -> similarities.addAll(history, scores));
    }

    private Column neighbours(InteractionMatrix matrix, int item) {
        int[] together = matrix.together(item);
        together[item] = 0;
        int[] others = IntStream.range(0, together.length)
                .filter(other -> together[other] > 0)
                .toArray();
        float[] similarities = new float[others.length];
        double norm = Math.sqrt(matrix.count(item));
        for (int i = 0; i < others.length; i++) {
            double otherNorm = Math.sqrt(matrix.count(others[i]));
            similarities[i] = (float) (together[others[i]] / (norm * otherNorm + shrink));
        }
        return new Column(others, similarities).largest(k);
    }
}
