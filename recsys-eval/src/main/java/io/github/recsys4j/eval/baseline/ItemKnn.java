package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.TopK;
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
        BinaryMatrix matrix =
                BinaryMatrix.of(train.interactions(), train.items().size());
        RankedItems[] neighbours = IntStream.range(0, matrix.numItems())
                .parallel()
                .mapToObj(item -> neighbours(matrix, item))
                .toArray(RankedItems[]::new);
        Rows rows = Rows.transposed(neighbours);
        return new HistoryRecommender(name(), train, (userId, history, scores) -> {
            for (int item : BinaryMatrix.distinct(history)) {
                rows.add(item, scores);
            }
        });
    }

    private RankedItems neighbours(BinaryMatrix matrix, int item) {
        int[] together = matrix.together(item);
        together[item] = 0;
        int positive = (int) IntStream.of(together).filter(count -> count > 0).count();
        TopK top = new TopK(Math.max(1, Math.min(k, positive)));
        double norm = Math.sqrt(matrix.count(item));
        for (int other = 0; other < together.length; other++) {
            if (together[other] > 0) {
                top.offer(other, (float) (together[other] / (norm * Math.sqrt(matrix.count(other)) + shrink)));
            }
        }
        return top.drain();
    }

    /** For each item, the items whose neighbour it is. */
    private static final class Rows {
        private final int[][] items;
        private final float[][] similarities;

        private Rows(int[][] items, float[][] similarities) {
            this.items = items;
            this.similarities = similarities;
        }

        static Rows transposed(RankedItems[] neighbours) {
            int[] counts = new int[neighbours.length];
            for (RankedItems column : neighbours) {
                for (int place = 0; place < column.size(); place++) {
                    counts[column.item(place)]++;
                }
            }
            int[][] items = IntStream.of(counts).mapToObj(int[]::new).toArray(int[][]::new);
            float[][] similarities = IntStream.of(counts).mapToObj(float[]::new).toArray(float[][]::new);
            for (int item = 0; item < neighbours.length; item++) {
                for (int place = 0; place < neighbours[item].size(); place++) {
                    int neighbour = neighbours[item].item(place);
                    int slot = --counts[neighbour];
                    items[neighbour][slot] = item;
                    similarities[neighbour][slot] = neighbours[item].score(place);
                }
            }
            return new Rows(items, similarities);
        }

        void add(int item, double[] scores) {
            for (int i = 0; i < items[item].length; i++) {
                scores[items[item][i]] += similarities[item][i];
            }
        }
    }
}
