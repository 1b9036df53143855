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

    RequestRanking(Recommender recommender, Task task) {
        this.recommender = recommender;
        this.task = task;
    }

    Rankings rank(int[] cases) {
        ExecutorService pool = Executors.newFixedThreadPool(task.threads(), RequestRanking::daemon);
        try {
            List<Future<Rankings>> chunks = new ArrayList<>();
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

    private Rankings collect(List<Future<Rankings>> chunks, int total) {
        List<int[]> items = new ArrayList<>(total);
        int fallback = 0;
        for (Future<Rankings> chunk : chunks) {
            Rankings answers = join(chunk);
            items.addAll(answers.items());
            fallback += answers.answeredByPopularity();
            task.listener().onProgress(new Progress("evaluate " + recommender.name(), items.size(), total, Map.of()));
        }
        return new Rankings(items, fallback);
    }

    private static Rankings join(Future<Rankings> chunk) {
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

    private Rankings ask(List<Integer> chunk) {
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
        List<int[]> items = new ArrayList<>(chunk.size());
        int fallback = 0;
        for (int i = 0; i < results.size(); i++) {
            items.add(checked(chunk.get(i), results.get(i)));
            fallback += results.get(i).source() == Source.POPULARITY ? 1 : 0;
        }
        return new Rankings(items, fallback);
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
        if (answers.size() > task.k()) {
            throw broken(index, "returned " + answers.size() + " items where " + task.k() + " are allowed");
        }
        BitSet seen = seen(index);
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
            if (seen.get(item)) {
                throw broken(index, "returned item \"" + itemId + "\", which stands in the history");
            }
            if (place > 0 && answers.get(place).score() > answers.get(place - 1).score()) {
                throw broken(index, "returned item \"" + itemId + "\" after an item with a lower score");
            }
            returned.set(item);
            ranked[place] = item;
        }
        return ranked;
    }

    private BitSet seen(int index) {
        BitSet seen = new BitSet();
        if (task.seenExcluded()) {
            for (int item : task.cases().history(index)) {
                seen.set(item);
            }
        }
        return seen;
    }

    private IllegalArgumentException broken(int index, String complaint) {
        return new IllegalArgumentException("recommender \"%s\" breaks the contract for user \"%s\": it %s"
                .formatted(recommender.name(), task.userId(index), complaint));
    }
}
