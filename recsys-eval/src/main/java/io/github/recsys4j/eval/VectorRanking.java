package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Ranks the whole catalogue by products of user and item vectors, keeping only the best of each user. */
final class VectorRanking {
    private static final int CHUNK = 512;

    private final String name;
    private final Task task;

    VectorRanking(String name, Task task) {
        this.name = name;
        this.task = task;
    }

    /** What came out: rankings, and for which cases the user vector was zero because nothing was known. */
    record Ranked(List<int[]> items, BitSet zeroVectors) {}

    Ranked rank(BatchScorer scorer) {
        int total = task.cases().size();
        List<int[]> ranked = Arrays.asList(new int[total][]);
        BitSet zeros = new BitSet();
        try (ExactIndex index = index(scorer.itemVectors(), scorer.dim())) {
            for (int first = 0; first < total; first += CHUNK) {
                int count = Math.min(CHUNK, total - first);
                float[] users = scorer.userVectors(requests(first, count));
                search(index, users, first, ranked.subList(first, first + count));
                markZeros(users, scorer.dim(), first, zeros);
                task.listener().onProgress(new Progress("evaluate " + name, first + count, total, Map.of()));
            }
        }
        return new Ranked(ranked, zeros);
    }

    List<int[]> rank(float[] users, float[] items, int dim) {
        List<int[]> ranked = Arrays.asList(new int[task.cases().size()][]);
        try (ExactIndex index = index(items, dim)) {
            search(index, users, 0, ranked);
        }
        return ranked;
    }

    private List<RecommendationRequest> requests(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(task::request).toList();
    }

    private ExactIndex index(float[] items, int dim) {
        int expected = task.cases().items().size();
        checkArgument(
                (long) expected * dim == items.length,
                "recommender \"%s\" must give items * dim = %s * %s floats of item vectors, got %s",
                name,
                expected,
                dim,
                items.length);
        try {
            return ExactIndex.of(items, dim);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "recommender \"%s\" gave item vectors that cannot rank: %s".formatted(name, e.getMessage()), e);
        }
    }

    private void search(ExactIndex index, float[] users, int first, List<int[]> answers) {
        checkArgument(
                (long) answers.size() * index.dim() == users.length,
                "recommender \"%s\" must give users * dim = %s * %s floats of user vectors, got %s",
                name,
                answers.size(),
                index.dim(),
                users.length);
        List<RankedItems> best;
        try {
            best = index.topKBatch(users, task.k(), row -> task.filter(first + row));
        } catch (IllegalArgumentException e) {
            throw refusal(index, users, first, e);
        }
        for (int i = 0; i < answers.size(); i++) {
            answers.set(i, best.get(i).items());
        }
    }

    /** Asks one by one to find out whose vector cannot be ranked. */
    private IllegalArgumentException refusal(ExactIndex index, float[] users, int first, RuntimeException cause) {
        int dim = index.dim();
        for (int row = 0; row < users.length / dim; row++) {
            try {
                index.topK(Arrays.copyOfRange(users, row * dim, (row + 1) * dim), 1, ItemFilter.none());
            } catch (IllegalArgumentException e) {
                return new IllegalArgumentException(
                        "recommender \"%s\" gave a vector for user \"%s\" that cannot rank: %s"
                                .formatted(name, task.userId(first + row), e.getMessage()),
                        e);
            }
        }
        return new IllegalArgumentException("recommender \"%s\": %s".formatted(name, cause.getMessage()), cause);
    }

    private static void markZeros(float[] users, int dim, int first, BitSet zeros) {
        for (int row = 0; row < users.length / dim; row++) {
            boolean zero = true;
            for (int d = 0; d < dim && zero; d++) {
                zero = users[row * dim + d] == 0;
            }
            zeros.set(first + row, zero);
        }
    }
}
