package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What users do with items, counted as it happens: what is popular, trending, recent.
 *
 * <p>With the times {@code t} of an item's events, the half-life {@code h} and the time {@code now}:
 * <ul>
 *   <li>popular: the number of events;
 *   <li>trending: {@code sum over t of 2^-((now - t) / h)}, the exponentially decayed count. Decay forward from each
 *       item's last event keeps one number per item whatever the order of arrival (Cormode, Shkapenyuk, Srivastava and Xu,
 *       Forward Decay, ICDE 2009, doi 10.1109/ICDE.2009.65);
 *   <li>recent: the time of the last event, as seconds since 1970.
 * </ul>
 * Ties go to the lower id. The order of all items is kept for {@link Builder#refresh} and sorted anew by whoever asks
 * after that.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class ItemActivity {
    private static final Duration HALF_LIFE = Duration.ofDays(7);
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final double MILLIS = 1000;

    private final Map<String, ItemTally> tallies = new ConcurrentHashMap<>();
    private final Map<Order, Ranking> rankings = new EnumMap<>(Order.class);
    private final double halfLife;
    private final long refresh;
    private final InstantSource clock;

    private ItemActivity(Builder builder) {
        halfLife = builder.halfLife.toMillis();
        refresh = builder.refresh.toMillis();
        clock = builder.clock;
    }

    private enum Order {
        POPULAR,
        TRENDING,
        RECENT
    }

    /** All items in one order, as they were then. */
    private record Ranking(List<Recommendation> items, long madeAt) {}

    /** {@return a builder} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Counts an event.
     *
     * @param itemId what it happened to
     * @param time when, in milliseconds since 1970
     */
    public void record(String itemId, long time) {
        tallies.computeIfAbsent(itemId, id -> new ItemTally()).add(time, halfLife);
    }

    /**
     * Counts what happened before the application started.
     *
     * @param dataset whose interactions to count; without times all count as of 1970, so that they are popular but
     *     neither recent nor trending
     */
    public void recordAll(Dataset dataset) {
        Interactions interactions = dataset.interactions();
        for (int row = 0; row < interactions.size(); row++) {
            record(dataset.items().id(interactions.item(row)), interactions.hasTimes() ? interactions.time(row) : 0);
        }
    }

    /**
     * {@return how many events an item has}
     *
     * @param itemId the item
     */
    public long count(String itemId) {
        ItemTally tally = tallies.get(itemId);
        return tally == null ? 0 : tally.count();
    }

    /**
     * {@return the items with the most events; the number is the score}
     *
     * @param k how many at most, at least 1
     * @param allowed which items may be returned
     */
    public List<Recommendation> popular(int k, Predicate<String> allowed) {
        return best(Order.POPULAR, k, allowed);
    }

    /**
     * {@return the items with the largest decayed count; it is the score}
     *
     * @param k how many at most, at least 1
     * @param allowed which items may be returned
     */
    public List<Recommendation> trending(int k, Predicate<String> allowed) {
        return best(Order.TRENDING, k, allowed);
    }

    /**
     * {@return the items to which something happened last; the second is the score}
     *
     * @param k how many at most, at least 1
     * @param allowed which items may be returned
     */
    public List<Recommendation> recent(int k, Predicate<String> allowed) {
        return best(Order.RECENT, k, allowed);
    }

    private List<Recommendation> best(Order order, int k, Predicate<String> allowed) {
        checkArgument(k >= 1, "k must be at least 1, got %s: ask for one item or more", k);
        return ranking(order).items().stream()
                .filter(item -> allowed.test(item.itemId()))
                .limit(k)
                .toList();
    }

    private Ranking ranking(Order order) {
        long now = clock.millis();
        synchronized (rankings) {
            Ranking ranking = rankings.get(order);
            if (ranking == null || refresh == 0 || now - ranking.madeAt() >= refresh) {
                ranking = new Ranking(sorted(value(order, now)), now);
                rankings.put(order, ranking);
            }
            return ranking;
        }
    }

    private ToDoubleFunction<ItemTally> value(Order order, long now) {
        return switch (order) {
            case POPULAR -> ItemTally::count;
            case TRENDING -> tally -> tally.trend(now, halfLife);
            case RECENT -> tally -> tally.last() / MILLIS;
        };
    }

    private record Valued(String id, double value) {}

    /** Sorted by the exact values: as floats, times within two minutes would be equal. */
    private List<Recommendation> sorted(ToDoubleFunction<ItemTally> value) {
        Comparator<Valued> best = Comparator.comparingDouble(valued -> -valued.value());
        return tallies.entrySet().stream()
                .map(entry -> new Valued(entry.getKey(), value.applyAsDouble(entry.getValue())))
                .sorted(best.thenComparing(Valued::id))
                .map(valued -> new Recommendation(valued.id(), (float) valued.value()))
                .toList();
    }

    /** Collects the settings of an activity. Not thread-safe. */
    public static final class Builder {
        private Duration halfLife = HALF_LIFE;
        private Duration refresh = REFRESH;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets after how long an event weighs half in trending, 7 days by default.
         *
         * @param time above zero
         * @return this
         * @throws IllegalArgumentException if it is not
         */
        public Builder halfLife(Duration time) {
            checkArgument(time.toMillis() > 0, "halfLife must be at least a millisecond, got %s", time);
            halfLife = time;
            return this;
        }

        /**
         * Sets how long an order of all items is used, one second by default.
         *
         * @param time zero to sort at every call
         * @return this
         * @throws IllegalArgumentException if it is negative
         */
        public Builder refresh(Duration time) {
            checkArgument(!time.isNegative(), "refresh must not be negative, got %s", time);
            refresh = time;
            return this;
        }

        /**
         * Sets what time it is, the system's by default.
         *
         * @param source the clock
         * @return this
         */
        public Builder clock(InstantSource source) {
            clock = source;
            return this;
        }

        /** {@return an activity with no events} */
        public ItemActivity build() {
            return new ItemActivity(this);
        }
    }
}
