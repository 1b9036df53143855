package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.eval.metric.Standing;
import io.github.recsys4j.retrieval.FullRanking;
import io.github.recsys4j.retrieval.WantedRanks;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ranks the whole catalogue by products of user and item vectors, keeping only the best of each user, and measures each
 * case on the thread that ranked it.
 *
 * <p>Memory beside cases, vectors and {@link FullRanking}: 8 bytes for value and weight of each case and metric, and the
 * user vectors of 4096 cases, whose requests are made 512 at a time.
 */
final class VectorRanking {
    private static final int CHUNK = 4096;
    private static final int REQUESTS = 512;

    private final String name;
    private final Task task;
    private final Summary summary;

    VectorRanking(String name, Task task, Summary summary) {
        this.name = name;
        this.task = task;
        this.summary = summary;
    }

    /** Gives the user vectors of neighbouring cases. */
    private interface Users {
        float[] of(int first, int count);
    }

    /** Measures all cases but those whose user vector is zero, because nothing is known of them, and returns these. */
    BitSet rankKnown(BatchScorer scorer) {
        BitSet zeros = new BitSet();
        rank(scorer.itemVectors(), scorer.dim(), zeros, (first, count) -> {
            float[] users = users(scorer, first, count);
            markZeros(users, scorer.dim(), first, zeros);
            return users;
        });
        return zeros;
    }

    /** Measures all cases, and orders the items of a zero vector by index. */
    void rankAll(BatchScorer scorer) {
        rank(scorer.itemVectors(), scorer.dim(), new BitSet(), (first, count) -> users(scorer, first, count));
    }

    void rank(float[] users, float[] items, int dim) {
        checkWidth(users, task.cases().size(), dim);
        rank(items, dim, new BitSet(), (first, count) -> Arrays.copyOfRange(users, first * dim, (first + count) * dim));
    }

    private float[] users(BatchScorer scorer, int first, int count) {
        float[] users = new float[count * scorer.dim()];
        for (int from = 0; from < count; from += REQUESTS) {
            int some = Math.min(REQUESTS, count - from);
            float[] part = scorer.userVectors(requests(first + from, some));
            checkWidth(part, some, scorer.dim());
            System.arraycopy(part, 0, users, from * scorer.dim(), part.length);
        }
        return users;
    }

    private List<RecommendationRequest> requests(int first, int count) {
        return IntStream.range(first, first + count).mapToObj(task::request).toList();
    }

    private void rank(float[] items, int dim, BitSet skipped, Users source) {
        int total = task.cases().size();
        try (FullRanking ranking = ranking(items, dim)) {
            for (int first = 0; first < total; first += CHUNK) {
                int count = Math.min(CHUNK, total - first);
                search(ranking, source.of(first, count), first, skipped);
                progress(first + count, total);
            }
        }
    }

    private void progress(int done, int total) {
        task.run().listener().onProgress(new Progress("evaluate " + name, done, total, Map.of()));
    }

    private void search(FullRanking ranking, float[] users, int first, BitSet skipped) {
        FullRanking.Answers answers = (row, best, ranks) -> {
            if (!skipped.get(first + row)) {
                summary.accept(first + row, best.items(), standing(ranks));
            }
        };
        try {
            search(ranking, users, first, answers);
        } catch (IllegalArgumentException e) {
            throw refusal(ranking, users, first, e);
        }
    }

    private void search(FullRanking ranking, float[] users, int first, FullRanking.Answers answers) {
        if (task.whole()) {
            ranking.ranks(users, task.k(), row -> task.filter(first + row), row -> task.targets(first + row), answers);
        } else {
            ranking.best(users, task.k(), row -> task.filter(first + row), answers);
        }
    }

    private Optional<Standing> standing(WantedRanks ranks) {
        return task.whole()
                ? Optional.of(Standing.of(
                        Arrays.stream(ranks.ranks()).asDoubleStream().toArray(), ranks.numCandidates()))
                : Optional.empty();
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

    private FullRanking ranking(float[] items, int dim) {
        int expected = task.cases().items().size();
        checkArgument(
                (long) expected * dim == items.length,
                "recommender \"%s\" must give items * dim = %s * %s floats of item vectors, got %s",
                name,
                expected,
                dim,
                items.length);
        try {
            return FullRanking.of(items, dim);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "recommender \"%s\" gave item vectors that cannot rank: %s".formatted(name, e.getMessage()), e);
        }
    }

    /** Asks one by one to find out whose vector cannot be ranked; where every one can, it was a metric that failed. */
    private IllegalArgumentException refusal(
            FullRanking ranking, float[] users, int first, IllegalArgumentException cause) {
        int count = Math.min(CHUNK, task.cases().size() - first);
        int dim = users.length / count;
        for (int row = 0; row < count; row++) {
            float[] one = Arrays.copyOfRange(users, row * dim, (row + 1) * dim);
            try {
                search(ranking, one, first + row, (same, best, ranks) -> {});
            } catch (IllegalArgumentException e) {
                return new IllegalArgumentException(
                        "recommender \"%s\" gave a vector for user \"%s\" that cannot rank: %s"
                                .formatted(name, task.userId(first + row), e.getMessage()),
                        e);
            }
        }
        return cause;
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
