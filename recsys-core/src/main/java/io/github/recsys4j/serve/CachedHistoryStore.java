package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.util.concurrent.Striped;
import io.github.recsys4j.serve.ServingMetrics.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Supplier;

/**
 * Keeps the histories that were looked up last in memory, in front of a store that is slow. An append goes to the store
 * and drops the user from the cache, so the next look-up sees it; what others write to the store is seen when an entry
 * is older than its time to live.
 *
 * <p>Thread-safety: safe for many threads. A look-up and an append of the same user wait for each other.
 */
public final class CachedHistoryStore implements HistoryStore {
    private static final int STRIPES = 256;

    private final HistoryStore store;
    private final Cache<String, List<Interaction>> cache;
    private final Striped<Lock> locks = Striped.lock(STRIPES);
    private final ServingMetrics metrics;

    /**
     * Puts a cache in front of a store.
     *
     * @param store who is asked on a miss; closed with this one
     * @param users how many users' histories to keep, at least 1
     * @param timeToLive after which an entry is looked up again, above zero
     * @param metrics hears hits and misses
     * @throws IllegalArgumentException if a bound is too small
     */
    public CachedHistoryStore(HistoryStore store, int users, Duration timeToLive, ServingMetrics metrics) {
        checkArgument(users >= 1, "users must be at least 1, got %s", users);
        checkArgument(
                !timeToLive.isNegative() && !timeToLive.isZero(), "timeToLive must be above zero, got %s", timeToLive);
        this.store = store;
        this.metrics = metrics;
        cache = CacheBuilder.newBuilder()
                .maximumSize(users)
                .expireAfterWrite(timeToLive)
                .build();
    }

    @Override
    public List<Interaction> find(String userId) {
        List<Interaction> cached = cache.getIfPresent(userId);
        if (cached != null) {
            metrics.count(Event.CACHE_HIT);
            return cached;
        }
        metrics.count(Event.CACHE_MISS);
        return locked(userId, () -> {
            List<Interaction> found = List.copyOf(store.find(userId));
            cache.put(userId, found);
            return found;
        });
    }

    @Override
    public void append(Interaction interaction) {
        locked(interaction.userId(), () -> {
            try {
                store.append(interaction);
            } finally {
                cache.invalidate(interaction.userId());
            }
            return interaction;
        });
    }

    private <T> T locked(String userId, Supplier<T> work) {
        Lock lock = locks.get(userId);
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean mayBlock() {
        return store.mayBlock();
    }

    @Override
    public void close() {
        store.close();
    }
}
