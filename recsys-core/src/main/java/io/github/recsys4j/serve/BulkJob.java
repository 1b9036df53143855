package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.Iterators;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Recommends for any number of users: blocks of them, each answered by {@link Recommender#recommend(List)}, which a model
 * does with a few matrix products, streamed to a sink in the users' order. One block is in memory at a time.
 *
 * <pre>{@code
 * new BulkJob(recommender).k(20).write(users.stream(), Path.of("recommendations.jsonl"));
 * }</pre>
 *
 * <p>Written to a file, a job that was broken off goes on where it was when it is started again, and the file ends as if
 * it had never been broken: see {@link #write}.
 *
 * <p>Thread-safety: a job is set up and run by one thread; a block uses that thread's fork-join pool.
 */
public final class BulkJob {
    /** How many users are answered at a time unless the job says otherwise. */
    public static final int BLOCK = 2048;

    private final Recommender recommender;
    private Function<RecommendationRequest.Builder, RecommendationRequest.Builder> options = request -> request;
    private ProgressListener listener = ProgressListener.none();
    private int k = RecommendationRequest.DEFAULT_K;
    private int block = BLOCK;

    /**
     * Sets up a job.
     *
     * @param recommender who answers; stays open
     */
    public BulkJob(Recommender recommender) {
        this.recommender = recommender;
    }

    /** Takes the answers of a job, in the users' order, on the job's thread. A sink that throws ends the job. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the answers to a block of users.
         *
         * @param userIds the users
         * @param results one for each
         */
        void take(List<String> userIds, List<RecommendationResult> results);
    }

    /**
     * Sets how many items each user gets at most, {@value RecommendationRequest#DEFAULT_K} by default.
     *
     * @param count at least 1
     * @return this
     * @throws IllegalArgumentException if it is below 1
     */
    @CanIgnoreReturnValue
    public BulkJob k(int count) {
        checkArgument(count >= 1, "k must be at least 1, got %s: ask for one recommendation or more", count);
        k = count;
        return this;
    }

    /**
     * Sets how many users are answered at a time, {@value #BLOCK} by default.
     *
     * @param users at least 1; more use more memory, and products of larger matrices
     * @return this
     * @throws IllegalArgumentException if it is below 1
     */
    @CanIgnoreReturnValue
    public BulkJob blockSize(int users) {
        checkArgument(users >= 1, "blockSize must be at least 1, got %s", users);
        block = users;
        return this;
    }

    /**
     * Sets options of every request.
     *
     * @param settings such as {@code request -> request.includeSeen()}
     * @return this
     */
    @CanIgnoreReturnValue
    public BulkJob options(Function<RecommendationRequest.Builder, RecommendationRequest.Builder> settings) {
        options = settings;
        return this;
    }

    /**
     * Sets who hears how far the job is, after each block.
     *
     * @param progress nobody by default
     * @return this
     */
    @CanIgnoreReturnValue
    public BulkJob listener(ProgressListener progress) {
        listener = progress;
        return this;
    }

    /**
     * Runs the job.
     *
     * @param userIds whom to recommend for; read block by block and closed
     * @param sink where the answers go
     * @return how many users were answered
     */
    public long run(Stream<String> userIds, Sink sink) {
        try (userIds) {
            return run(userIds.iterator(), 0, sink);
        }
    }

    private long run(Iterator<String> userIds, long before, Sink sink) {
        long done = before;
        Iterator<List<String>> blocks = Iterators.partition(userIds, block);
        while (blocks.hasNext()) {
            List<String> users = List.copyOf(blocks.next());
            sink.take(
                    users,
                    recommender.recommend(users.stream().map(this::request).toList()));
            done += users.size();
            listener.onProgress(new Progress("recommend", done, -1, Map.of()));
        }
        return done;
    }

    private RecommendationRequest request(String userId) {
        return options.apply(RecommendationRequest.forUser(userId).k(k)).build();
    }

    /**
     * Runs the job into a file of lines of JSON:
     * {@code {"user":"u1","source":"MODEL","items":["i7","i2"],"scores":[3.1,2.9]}}.
     *
     * <p>Beside it, {@code FILE.progress} says after each block, synced, how long the file is and which users it answers.
     * Started again with the same users, k and block size, the job cuts off what is behind the last finished block and
     * goes on after it; when it is done the progress file stays, and a further start answers at once.
     *
     * @param userIds whom to recommend for, the same in the same order at each start
     * @param file where to
     * @return how many users are answered in the file
     * @throws IllegalArgumentException if the progress file is another job's
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public long write(Stream<String> userIds, Path file) {
        try (userIds;
                BulkFile out = BulkFile.open(file, recommender.name() + " k=" + k + " block=" + block)) {
            Iterator<String> users = userIds.iterator();
            long done = out.skipFinished(users);
            return run(users, done, out);
        }
    }
}
