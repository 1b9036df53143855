package io.github.recsys4j.eval;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Lists;
import com.google.common.primitives.Ints;
import io.github.recsys4j.InferenceException;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks a recommender through its public contract, and refuses answers that break it: a wrong list must not
 * become a number.
 *
 * <p>Cases are asked in chunks of fixed size on a pool of our own, so the number of threads changes nothing but
 * the time.
 */
final class RequestRanking {
    private static final int CHUNK = 64;

    private final Recommender recommender;
    private final Task task;
    private final Summary summary;

    RequestRanking(Recommender recommender, Task task, Summary summary) {
        this.recommender = recommender;
        this.task = task;
        this.summary = summary;
    }

    /** Measures some cases, and returns how many of them were answered by the popularity fallback. */
    int rank(int[] cases) {
        ExecutorService pool = Executors.newFixedThreadPool(task.run().threads(), RequestRanking::daemon);
        try {
            List<Future<Integer>> chunks = new ArrayList<>();
            for (List<Integer> chunk : Lists.partition(Ints.asList(cases), CHUNK)) {
                chunks.add(pool.submit(() -> ask(chunk)));
            }
            return collect(chunks, cases.length);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "recsys4j-evaluator");
        thread.setDaemon(true);
        return thread;
    }

    private int collect(List<Future<Integer>> chunks, int total) {
        int fallback = 0;
        for (int chunk = 0; chunk < chunks.size(); chunk++) {
            fallback += join(chunks.get(chunk));
            int done = Math.min(total, (chunk + 1) * CHUNK);
            task.run().listener().onProgress(new Progress("evaluate " + recommender.name(), done, total, Map.of()));
        }
        return fallback;
    }

    private static int join(Future<Integer> chunk) {
        try {
            return chunk.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new InferenceException("evaluation failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InferenceException("evaluation was interrupted", e);
        }
    }

    private int ask(List<Integer> chunk) {
        List<RecommendationRequest> requests = chunk.stream().map(task::request).toList();
        List<RecommendationResult> results;
        try {
            results = recommender.recommend(requests);
        } catch (RuntimeException e) {
            throw failure(chunk, e);
        }
        checkArgument(
                results.size() == chunk.size(),
                "recommender \"%s\" must answer each of %s requests, got %s results, first user \"%s\"",
                recommender.name(),
                chunk.size(),
                results.size(),
                task.userId(chunk.get(0)));
        int fallback = 0;
        for (int i = 0; i < results.size(); i++) {
            int[] ranked = checked(chunk.get(i), results.get(i));
            summary.accept(
                    chunk.get(i),
                    Arrays.copyOf(ranked, Math.min(ranked.length, task.k())),
                    task.standing(chunk.get(i), ranked));
            fallback += results.get(i).source() == Source.POPULARITY ? 1 : 0;
        }
        return fallback;
    }

    /** Asks one by one to find out for whom it failed. */
    private InferenceException failure(List<Integer> chunk, RuntimeException cause) {
        for (int index : chunk) {
            try {
                recommender.recommend(task.request(index));
            } catch (RuntimeException e) {
                return new InferenceException(
                        "recommender \"%s\" failed for user \"%s\": %s"
                                .formatted(recommender.name(), task.userId(index), e.getMessage()),
                        e);
            }
        }
        return new InferenceException(
                "recommender \"%s\" failed for a batch that begins with user \"%s\", but answers each alone: %s"
                        .formatted(recommender.name(), task.userId(chunk.get(0)), cause.getMessage()),
                cause);
    }

    private int[] checked(int index, RecommendationResult result) {
        List<Recommendation> answers = result.recommendations();
        if (answers.size() > task.asked()) {
            throw broken(index, "returned " + answers.size() + " items where " + task.asked() + " are allowed");
        }
        BitSet allowed = task.allowed(index);
        BitSet returned = new BitSet();
        int[] ranked = new int[answers.size()];
        for (int place = 0; place < ranked.length; place++) {
            String itemId = answers.get(place).itemId();
            int item = task.cases().items().indexOf(itemId);
            if (item == Vocabulary.UNKNOWN) {
                throw broken(index, "returned item \"" + itemId + "\", which the data set lacks");
            }
            if (returned.get(item)) {
                throw broken(index, "returned item \"" + itemId + "\" twice");
            }
            if (!allowed.get(item)) {
                throw broken(index, "returned item \"" + itemId + "\", which " + forbidden(index, item));
            }
            if (place > 0 && answers.get(place).score() > answers.get(place - 1).score()) {
                throw broken(index, "returned item \"" + itemId + "\" after an item with a lower score");
            }
            returned.set(item);
            ranked[place] = item;
        }
        return ranked;
    }

    private String forbidden(int index, int item) {
        return Ints.contains(task.cases().history(index), item) ? "stands in the history" : "is no candidate";
    }

    private IllegalArgumentException broken(int index, String complaint) {
        return new IllegalArgumentException("recommender \"%s\" breaks the contract for user \"%s\": it %s"
                .formatted(recommender.name(), task.userId(index), complaint));
    }
}
