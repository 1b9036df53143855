package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.serve.ServingMetrics.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A place for a recommender that can be changed under load.
 *
 * <p>A new recommender is loaded and {@linkplain SelfCheck checked} beside the one that serves. Only then does it take the
 * place; requests in flight finish on the old one, which the last of them closes. One that fails its check, or cannot be
 * loaded, is closed and never serves, and the old one goes on. Loading a model folder verifies its files' digests, so a
 * folder that was altered is refused there.
 *
 * <p>With a {@link SwapWatch} the one before stays ready for a while. A request that fails on the new one, but not by the
 * caller's fault ({@link IllegalArgumentException}), is answered by the one before; where that succeeds, the failure counts
 * against the new one, and enough of them bring the one before back. So does {@link #rollback()}. The first request, or
 * look at the {@linkplain #health() health}, after the watch closes the one before.
 *
 * <p>Memory: two models while one is loaded or watched, three while one is loaded during a watch. {@link #close()} waits for
 * the requests in flight.
 *
 * <p>Thread-safety: safe for many threads; swaps wait for each other. Requests take no lock.
 */
public final class RecommenderSlot implements Recommender {
    private static final Logger LOG = LoggerFactory.getLogger(RecommenderSlot.class);
    private static final String CLOSED = "slot is closed: make another one";

    private final SelfCheck check;
    private final ServingMetrics metrics;
    private final Optional<SwapWatch> watch;

    /** Held while the fields below change, never while a model is loaded or asked. */
    private final Object change = new Object();

    private volatile Optional<String> trouble = Optional.empty();
    private volatile Optional<Trial> trial = Optional.empty();
    private volatile HeldRecommender current;
    private volatile boolean closed;

    /**
     * Puts the first recommender in the slot; one that is replaced is closed as soon as nobody uses it.
     *
     * @param first checked like all later ones; closed by the slot
     * @param check what every recommender must pass
     * @param metrics hears of swaps
     * @throws ArtifactException if it fails the check; it is closed then
     */
    public RecommenderSlot(Recommender first, SelfCheck check, ServingMetrics metrics) {
        this(first, check, metrics, Optional.empty());
    }

    /**
     * Puts the first recommender in the slot, and watches all that take its place.
     *
     * @param first checked like all later ones; closed by the slot
     * @param check what every recommender must pass
     * @param metrics hears of swaps
     * @param watch how long the one before stays ready, and what brings it back
     * @throws ArtifactException if it fails the check; it is closed then
     */
    public RecommenderSlot(Recommender first, SelfCheck check, ServingMetrics metrics, SwapWatch watch) {
        this(first, check, metrics, Optional.of(watch));
    }

    private RecommenderSlot(Recommender first, SelfCheck check, ServingMetrics metrics, Optional<SwapWatch> watch) {
        this.check = check;
        this.metrics = metrics;
        this.watch = watch;
        current = new HeldRecommender(checked(first, "there is nothing to serve"));
    }

    /** A recommender that is watched, and the one that it replaced. */
    private record Trial(HeldRecommender before, HeldRecommender fresh, long end, AtomicInteger failures) {}

    /**
     * Loads another recommender, checks it and puts it in the place of the one that serves.
     *
     * @param load such as {@code () -> MultimodalRecommender.load(folder)}; runs on this thread
     * @throws ArtifactException if it fails the check
     * @throws IllegalStateException if the slot is closed
     */
    public synchronized void swap(Supplier<? extends Recommender> load) {
        checkState(!closed, CLOSED);
        Recommender next;
        try {
            next = checked(load.get(), "recommender " + name() + " goes on serving");
        } catch (RuntimeException e) {
            trouble = Optional.of("the last model was not put in place: " + e.getMessage());
            metrics.count(Event.SWAP_REFUSED);
            throw e;
        }
        place(next);
        metrics.count(Event.SWAPPED);
        LOG.info("Recommender {} took its place", next.name());
    }

    private Recommender checked(Recommender next, String otherwise) {
        Optional<String> problem = check.problem(next);
        if (problem.isPresent()) {
            String name = next.name();
            next.close();
            throw new ArtifactException("Recommender " + name + " failed its check and was not put in place: "
                    + problem.get() + "; " + otherwise);
        }
        return next;
    }

    private void place(Recommender next) {
        synchronized (change) {
            if (closed) {
                next.close();
                throw new IllegalStateException(CLOSED);
            }
            endTrial();
            HeldRecommender before = current;
            current = new HeldRecommender(next);
            trouble = Optional.empty();
            if (watch.isPresent()) {
                long end = System.nanoTime() + watch.get().period().toNanos();
                trial = Optional.of(new Trial(before, current, end, new AtomicInteger()));
            } else {
                before.leave();
            }
        }
    }

    private void endTrial() {
        trial.ifPresent(over -> over.before.leave());
        trial = Optional.empty();
    }

    /**
     * Brings the recommender before the last swap back, as when the new one's answers are worse than its check could tell.
     *
     * @throws IllegalStateException if there is none: the slot has no {@link SwapWatch}, its period is over, or there was
     *     no swap
     */
    public void rollback() {
        expire();
        Optional<Trial> running = trial;
        checkState(
                running.isPresent() && takeBack(running.get(), "it was asked for"),
                "there is no recommender to go back to: give the slot a SwapWatch, and ask within its period");
    }

    private boolean takeBack(Trial failed, String reason) {
        synchronized (change) {
            if (!trial.equals(Optional.of(failed))) {
                return false;
            }
            current = failed.before;
            trial = Optional.empty();
            trouble = Optional.of("recommender " + failed.fresh.get().name() + " was taken back for "
                    + failed.before.get().name() + ": " + reason);
            failed.fresh.leave();
        }
        metrics.count(Event.ROLLED_BACK);
        LOG.warn("{}", trouble.orElse(reason));
        return true;
    }

    private void expire() {
        if (trial.filter(RecommenderSlot::isOver).isPresent()) {
            synchronized (change) {
                if (trial.filter(RecommenderSlot::isOver).isPresent()) {
                    endTrial();
                }
            }
        }
    }

    private static boolean isOver(Trial running) {
        return System.nanoTime() - running.end > 0;
    }

    private <T> T use(Function<Recommender, T> work) {
        expire();
        HeldRecommender now = entered();
        try {
            return work.apply(now.get());
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            return useAnother(now, work, e);
        } finally {
            now.leave();
        }
    }

    private HeldRecommender entered() {
        while (true) {
            HeldRecommender now = current;
            if (now.enter()) {
                return now;
            }
            checkState(!closed, CLOSED);
        }
    }

    /** Asks the one before; or whoever serves, if the one that failed has been replaced meanwhile. */
    private <T> T useAnother(HeldRecommender failed, Function<Recommender, T> work, RuntimeException failure) {
        Optional<Trial> running = trial.filter(watched -> watched.fresh == failed);
        if (running.isPresent() && running.get().before.enter()) {
            return useTheOneBefore(running.get(), work, failure);
        }
        if (watch.isEmpty() || current == failed) {
            throw failure;
        }
        return use(work);
    }

    private <T> T useTheOneBefore(Trial running, Function<Recommender, T> work, RuntimeException failure) {
        try {
            T answer = work.apply(running.before.get());
            count(running, failure);
            return answer;
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            throw failure;
        } finally {
            running.before.leave();
        }
    }

    private void count(Trial running, RuntimeException failure) {
        int limit = watch.map(SwapWatch::failures).orElse(1);
        if (running.failures.incrementAndGet() == limit) {
            takeBack(running, limit + " requests failed on it, the last with " + failure);
        }
    }

    @Override
    public String name() {
        return current.get().name();
    }

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        return use(recommender -> recommender.recommend(request));
    }

    @Override
    public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        return use(recommender -> recommender.recommend(requests));
    }

    @Override
    public List<String> history(String userId) {
        return use(recommender -> recommender.history(userId));
    }

    /** {@return the scorer of the recommender that serves now; it ends with that recommender} */
    @Override
    public Optional<BatchScorer> batchScorer() {
        return use(Recommender::batchScorer);
    }

    @Override
    public Optional<Predicate<String>> matching(ItemPredicate condition) {
        return use(recommender -> recommender.matching(condition));
    }

    /** {@return whether the last swap was refused or taken back, and why} */
    public Health health() {
        expire();
        return new Health(trouble.map(List::of).orElse(List.of()));
    }

    @Override
    public void close() {
        List<HeldRecommender> last = new ArrayList<>();
        synchronized (change) {
            last.add(current);
            trial.ifPresent(running -> last.add(running.before));
            if (!closed) {
                closed = true;
                last.forEach(HeldRecommender::leave);
            }
        }
        last.forEach(HeldRecommender::awaitClosed);
    }
}
