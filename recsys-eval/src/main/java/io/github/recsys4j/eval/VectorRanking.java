package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.eval.metric.Standing;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Ranks the whole catalogue by products of user and item vectors, keeping only the best of each user. */
final class VectorRanking {
    private static final int CHUNK = 512;

    /** Large enough that the index keeps its products on its own threads. */
    private static final int READY_CHUNK = 4096;

    private final String name;
    private final Task task;
    private final Summary summary;

    VectorRanking(String name, Task task, Summary summary) {
        this.name = name;
        this.task = task;
        this.summary = summary;
    }

    /** Measures all cases but those whose user vector is zero, because nothing is known of them, and returns these. */
    BitSet rankKnown(BatchScorer scorer) {
        BitSet zeros = new BitSet();
        rank(scorer, (users, first) -> markZeros(users, scorer.dim(), first, zeros), zeros);
        return zeros;
    }

    /** Measures all cases, and orders the items of a zero vector by index. */
    void rankAll(BatchScorer scorer) {
        rank(scorer, (users, first) -> {}, new BitSet());
    }

    private interface Marks {
        void mark(float[] users, int first);
    }

    private void rank(BatchScorer scorer, Marks marks, BitSet skipped) {
        int total = task.cases().size();
        float[] items = scorer.itemVectors();
        try (ExactIndex index = index(items, scorer.dim());
                Standings standings = new Standings(items, scorer.dim())) {
            for (int first = 0; first < total; first += CHUNK) {
                int count = Math.min(CHUNK, total - first);
                float[] users = scorer.userVectors(requests(first, count));
                checkWidth(users, count, scorer.dim());
                marks.mark(users, first);
                accept(first, search(index, users, first), standings, users, skipped);
            }
        }
    }

    void rank(float[] users, float[] items, int dim) {
        int total = task.cases().size();
        checkWidth(users, total, dim);
        try (ExactIndex index = index(items, dim);
                Standings standings = new Standings(items, dim)) {
            for (int first = 0; first < total; first += READY_CHUNK) {
                int count = Math.min(READY_CHUNK, total - first);
                float[] some = Arrays.copyOfRange(users, first * dim, (first + count) * dim);
                accept(first, search(index, some, first), standings, some, new BitSet());
            }
        }
    }

    /** Counts ranks where a metric looks at them, and else does nothing. */
    private final class Standings implements AutoCloseable {
        private final Optional<TargetRanks> ranks;

        Standings(float[] items, int dim) {
            ranks = task.whole() ? Optional.of(new TargetRanks(task, items, dim)) : Optional.empty();
        }

        List<Optional<Standing>> of(int first, float[] users, List<int[]> lists) {
            return ranks.isPresent()
                    ? Arrays.stream(ranks.get().standings(first, users, lists))
                            .map(Optional::of)
                            .toList()
                    : Collections.nCopies(lists.size(), Optional.empty());
        }

        @Override
        public void close() {
            ranks.ifPresent(TargetRanks::close);
        }
    }

    private void accept(int first, List<int[]> lists, Standings standings, float[] users, BitSet skipped) {
        List<Optional<Standing>> standing = standings.of(first, users, lists);
        for (int row = 0; row < lists.size(); row++) {
            if (!skipped.get(first + row)) {
                summary.accept(first + row, lists.get(row), standing.get(row));
            }
        }
        int done = first + lists.size();
        task.run()
                .listener()
                .onProgress(new Progress("evaluate " + name, done, task.cases().size(), Map.of()));
    }

    private void checkWidth(float[] users, int count, int dim) {
        checkArgument(
                (long) count * dim == users.length,
                "recommender \"%s\" must give users * dim = %s * %s floats of user vectors, got %s",
                name,
                count,
                dim,
                users.length);
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

    private List<int[]> search(ExactIndex index, float[] users, int first) {
        try {
            return index.topKBatch(users, task.k(), row -> task.filter(first + row)).stream()
                    .map(RankedItems::items)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw refusal(index, users, first, e);
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
