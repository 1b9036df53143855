package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.serve.ServingMetrics.Event;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A recommender that follows what users do: an interaction that is {@linkplain #record recorded} is part of the next
 * request's history.
 *
 * <p>A request without a history is given the user's: what the recommender has on record
 * ({@link Recommender#history}), followed by what the store holds; or the store's alone where the store
 * {@linkplain Builder#completeStore() holds everything}. A user of whom neither knows anything gets what
 * {@linkplain Builder#fallback the fallbacks} say, in their order.
 *
 * <p>A store that throws, or that does not answer within {@linkplain Builder#timeLimit the time limit}, costs the request
 * what the store knows, not the answer: the answer is made of what the recommender has on record and says so in
 * {@link RecommendationResult#degradations()}.
 *
 * <p>{@link #close()} waits for the requests in flight and closes the recommender, not the store.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class LiveRecommender implements Recommender {
    private final Recommender recommender;
    private final HistoryStore store;
    private final HistoryLookup lookup;
    private final Optional<ItemActivity> activity;
    private final Answering answering;
    private final boolean completeStore;
    private final Optional<Categories> onboarding;
    private final ServingMetrics metrics;
    private final ReadWriteLock life = new ReentrantReadWriteLock();
    private boolean closed;

    private LiveRecommender(Builder builder) {
        recommender = builder.recommender;
        store = builder.store;
        lookup = new HistoryLookup(builder.store, builder.timeLimit);
        activity = builder.activity;
        answering = new Answering(List.copyOf(builder.fallbacks), builder.metrics);
        completeStore = builder.completeStore;
        onboarding = builder.onboarding;
        metrics = builder.metrics;
    }

    /** Who knows which items stand for a category. */
    private record Categories(ItemActivity activity, ItemCategories categories) {
        Optional<List<String>> expanded(List<String> stored) {
            return Onboarding.expanded(stored, activity, categories);
        }
    }

    /**
     * Starts a live recommender.
     *
     * @param recommender who ranks; closed with the live one
     * @param store where histories live; whoever opened it closes it
     * @return a builder
     */
    public static Builder builder(Recommender recommender, HistoryStore store) {
        return new Builder(recommender, store);
    }

    @Override
    public String name() {
        return recommender.name();
    }

    /**
     * Keeps an interaction. When this returns, the next request sees it.
     *
     * @param interaction what happened
     * @throws io.github.recsys4j.HistoryException if the store threw or took too long; it may have kept the interaction
     */
    public void record(Interaction interaction) {
        whileOpen(() -> {
            lookup.append(interaction);
            activity.ifPresent(counts -> counts.record(interaction.itemId(), interaction.time()));
            metrics.count(Event.RECORDED);
            return interaction;
        });
    }

    /**
     * Keeps what a new user chose, in the store, as the beginning of a history. Items are kept as interactions; a
     * category is kept by name, and each request reads it as the items that are popular in it by then, which do not
     * count as seen.
     *
     * @param userId the application's own user id
     * @param chosen items, categories or both
     * @param time in milliseconds since 1970-01-01 UTC
     * @throws IllegalStateException if categories are chosen and the live recommender was built without
     *     {@link Builder#onboarding}
     * @throws io.github.recsys4j.HistoryException if the store threw or took too long; it may have kept some
     */
    public void remember(String userId, Onboarding chosen, long time) {
        checkState(
                chosen.categories().isEmpty() || onboarding.isPresent(),
                "categories %s cannot be read later: build the live recommender with onboarding(activity, categories)",
                chosen.categories());
        whileOpen(() -> {
            chosen.interactions(userId, time).forEach(lookup::append);
            metrics.count(Event.RECORDED);
            return chosen;
        });
    }

    /** A request with the history it is answered by, and what went wrong on the way to it. */
    private record Prepared(RecommendationRequest request, Optional<String> failure) {}

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        return timed(() -> {
            Prepared prepared = prepare(request);
            return finish(prepared, recommender.recommend(prepared.request()));
        });
    }

    @Override
    public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        return timed(() -> {
            List<Prepared> prepared = requests.stream().map(this::prepare).toList();
            List<RecommendationResult> found = recommender.recommend(
                    prepared.stream().map(Prepared::request).toList());
            List<RecommendationResult> results = new ArrayList<>(found.size());
            for (int i = 0; i < found.size(); i++) {
                results.add(finish(prepared.get(i), found.get(i)));
            }
            return results;
        });
    }

    private <T> T timed(Supplier<T> work) {
        long start = System.nanoTime();
        try {
            T result = whileOpen(work);
            metrics.time(Stage.REQUEST, System.nanoTime() - start);
            return result;
        } catch (RuntimeException e) {
            metrics.count(Event.FAILED);
            throw e;
        }
    }

    private Prepared prepare(RecommendationRequest request) {
        if (request.history().isPresent() || request.userId().isEmpty()) {
            return new Prepared(request, Optional.empty());
        }
        long start = System.nanoTime();
        HistoryLookup.Found found = lookup.find(request.userId().get());
        List<String> history = found.items().isEmpty()
                ? List.of()
                : joined(
                        completeStore
                                ? List.of()
                                : recommender.history(request.userId().get()),
                        found.items());
        metrics.time(Stage.HISTORY, System.nanoTime() - start);
        return new Prepared(history.isEmpty() ? request : withHistory(request, history), found.failure());
    }

    private RecommendationRequest withHistory(RecommendationRequest request, List<String> history) {
        RecommendationRequest.Builder builder = request.toBuilder();
        Optional<List<String>> expanded = onboarding.flatMap(by -> by.expanded(history));
        if (expanded.isPresent() && request.seen().isEmpty()) {
            builder.seen(Onboarding.itemsIn(history));
        }
        return builder.history(expanded.orElse(history)).build();
    }

    private static List<String> joined(List<String> before, List<String> after) {
        List<String> all = new ArrayList<>(before.size() + after.size());
        all.addAll(before);
        all.addAll(after);
        return all;
    }

    private RecommendationResult finish(Prepared prepared, RecommendationResult found) {
        RecommendationResult result = found.source() == Source.MODEL ? found : fallback(prepared.request(), found);
        RecommendationResult told =
                prepared.failure().map(result::withDegradation).orElse(result);
        answering.count(told);
        return told;
    }

    private RecommendationResult fallback(RecommendationRequest request, RecommendationResult found) {
        if (request.filter().isEmpty()) {
            return answering.fallback(request, found, id -> true);
        }
        return recommender
                .matching(request.filter().get())
                .map(passes -> answering.fallback(request, found, passes))
                .orElse(found);
    }

    @Override
    public List<String> history(String userId) {
        return whileOpen(() -> {
            List<String> live = lookup.find(userId).items();
            boolean storeOnly = completeStore && !live.isEmpty();
            return joined(storeOnly ? List.of() : recommender.history(userId), Onboarding.itemsIn(live));
        });
    }

    /**
     * Counts what the store holds of a user.
     *
     * @param userId the application's own user id
     * @param categories of the items
     * @return the numbers; zeros for a user the store does not know
     */
    public UserStatistics statistics(String userId, ItemCategories categories) {
        return whileOpen(() -> UserStatistics.of(
                store.find(userId).stream()
                        .filter(done -> !done.itemId().startsWith(Onboarding.CATEGORY))
                        .toList(),
                categories));
    }

    /** {@return what is degraded at the moment} */
    public Health health() {
        return new Health(lookup.trouble().map(List::of).orElse(List.of()));
    }

    @Override
    public Optional<BatchScorer> batchScorer() {
        return recommender.batchScorer();
    }

    private <T> T whileOpen(Supplier<T> work) {
        Lock use = life.readLock();
        use.lock();
        try {
            checkState(!closed, "live recommender %s is closed: build another one", name());
            return work.get();
        } finally {
            use.unlock();
        }
    }

    @Override
    public Optional<Predicate<String>> matching(ItemPredicate condition) {
        return recommender.matching(condition);
    }

    @Override
    public void close() {
        Lock end = life.writeLock();
        end.lock();
        try {
            closed = true;
            lookup.close();
            recommender.close();
        } finally {
            end.unlock();
        }
    }

    /** Collects the settings of a live recommender. Not thread-safe. */
    public static final class Builder {
        private static final Duration TIME_LIMIT = Duration.ofMillis(100);

        private final Recommender recommender;
        private final HistoryStore store;
        private final List<Fallback> fallbacks = new ArrayList<>();
        private Duration timeLimit = TIME_LIMIT;
        private Optional<ItemActivity> activity = Optional.empty();
        private boolean completeStore;
        private Optional<Categories> onboarding = Optional.empty();
        private ServingMetrics metrics = ServingMetrics.none();

        private Builder(Recommender recommender, HistoryStore store) {
            this.recommender = recommender;
            this.store = store;
        }

        /**
         * Sets how long a call to a store that {@linkplain HistoryStore#mayBlock() may block} may take, 100 ms by
         * default.
         *
         * @param limit above zero
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        @CanIgnoreReturnValue
        public Builder timeLimit(Duration limit) {
            checkArgument(!limit.isNegative() && !limit.isZero(), "timeLimit must be above zero, got %s", limit);
            timeLimit = limit;
            return this;
        }

        /**
         * Says that the store holds all that users did, so that what the recommender has on record is not put before it.
         *
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder completeStore() {
            completeStore = true;
            return this;
        }

        /**
         * Counts what is recorded.
         *
         * @param counts the application's counts
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder activity(ItemActivity counts) {
            activity = Optional.of(counts);
            return this;
        }

        /**
         * Adds a fallback for users of whom nothing is known; where all have nothing to say, the recommender's own
         * answer stays. A request with a {@linkplain RecommendationRequest#filter() filter} gets what passes it; it keeps the
         * recommender's own answer where the recommender {@linkplain Recommender#matching keeps no columns}.
         *
         * @param fallback asked after those that are there
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder fallback(Fallback fallback) {
            fallbacks.add(fallback);
            return this;
        }

        /**
         * Says which items stand for the categories that new users choose, for {@link LiveRecommender#remember}.
         *
         * @param counts who says what is popular
         * @param categories of the items
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder onboarding(ItemActivity counts, ItemCategories categories) {
            onboarding = Optional.of(new Categories(counts, categories));
            return this;
        }

        /**
         * Sets who hears what happens.
         *
         * @param listener none by default
         * @return this
         */
        @CanIgnoreReturnValue
        public Builder metrics(ServingMetrics listener) {
            metrics = listener;
            return this;
        }

        /** {@return the live recommender} */
        public LiveRecommender build() {
            return new LiveRecommender(this);
        }
    }
}
