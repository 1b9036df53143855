package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.recsys4j.ArtifactException;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.serve.ServingMetrics.Event;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
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
 * <p>Memory: two models while one is loaded. {@link #close()} waits for the requests in flight.
 *
 * <p>Thread-safety: safe for many threads; swaps wait for each other. Requests take no lock.
 */
public final class RecommenderSlot implements Recommender {
    private static final Logger LOG = LoggerFactory.getLogger(RecommenderSlot.class);

    private final SelfCheck check;
    private final ServingMetrics metrics;
    private volatile Optional<String> refused = Optional.empty();
    private volatile Held current;
    private volatile boolean closed;

    /**
     * Puts the first recommender in the slot.
     *
     * @param first checked like all later ones; closed by the slot
     * @param check what every recommender must pass
     * @param metrics hears of swaps
     * @throws ArtifactException if it fails the check; it is closed then
     */
    public RecommenderSlot(Recommender first, SelfCheck check, ServingMetrics metrics) {
        this.check = check;
        this.metrics = metrics;
        current = new Held(checked(first, "there is nothing to serve"));
    }

    /** A recommender and how many use it, the slot itself being one. */
    private static final class Held {
        private final Recommender recommender;
        private final AtomicInteger users = new AtomicInteger(1);
        private final CountDownLatch gone = new CountDownLatch(1);

        Held(Recommender recommender) {
            this.recommender = recommender;
        }

        boolean enter() {
            for (int now = users.get(); now > 0; now = users.get()) {
                if (users.compareAndSet(now, now + 1)) {
                    return true;
                }
            }
            return false;
        }

        void leave() {
            if (users.decrementAndGet() == 0) {
                try {
                    recommender.close();
                } finally {
                    gone.countDown();
                }
            }
        }
    }

    /**
     * Loads another recommender, checks it and puts it in the place of the one that serves.
     *
     * @param load such as {@code () -> MultimodalRecommender.load(folder)}; runs on this thread
     * @throws ArtifactException if it fails the check
     * @throws IllegalStateException if the slot is closed
     */
    public synchronized void swap(Supplier<? extends Recommender> load) {
        checkState(!closed, "slot is closed: make another one");
        Recommender next;
        try {
            next = checked(load.get(), "recommender " + name() + " goes on serving");
        } catch (RuntimeException e) {
            refused = Optional.of("the last model was not put in place: " + e.getMessage());
            metrics.count(Event.SWAP_REFUSED);
            throw e;
        }
        Held before = current;
        current = new Held(next);
        before.leave();
        refused = Optional.empty();
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

    private <T> T use(Function<Recommender, T> work) {
        while (true) {
            Held now = current;
            if (now.enter()) {
                try {
                    return work.apply(now.recommender);
                } finally {
                    now.leave();
                }
            }
            checkState(!closed, "slot is closed: make another one");
        }
    }

    @Override
    public String name() {
        return current.recommender.name();
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

    /** {@return whether the last swap was refused, and why} */
    public Health health() {
        return new Health(refused.map(List::of).orElse(List.of()));
    }

    @Override
    public Optional<Predicate<String>> matching(ItemPredicate condition) {
        return use(recommender -> recommender.matching(condition));
    }

    @Override
    public void close() {
        Held last;
        synchronized (this) {
            last = current;
            if (!closed) {
                closed = true;
                last.leave();
            }
        }
        Uninterruptibles.awaitUninterruptibly(last.gone);
    }
}
