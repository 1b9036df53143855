package io.github.recsys4j.serve;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Keeps what serving tells in the process: counts, latency percentiles of each stage to within one part in 64, index
 * size, hit rate. Everything since it was made.
 *
 * <p>Thread-safety: safe for many threads without locks.
 */
public final class ServingStatistics implements ServingMetrics {
    private final Map<Stage, LatencyHistogram> stages = new EnumMap<>(Stage.class);
    private final Map<Event, LongAdder> events = new EnumMap<>(Event.class);
    private final AtomicLong indexSize = new AtomicLong();

    /** Makes statistics of nothing. */
    public ServingStatistics() {
        for (Stage stage : Stage.values()) {
            stages.put(stage, new LatencyHistogram());
        }
        for (Event event : Event.values()) {
            events.put(event, new LongAdder());
        }
    }

    /**
     * The latencies of a stage.
     *
     * @param count how many were timed
     * @param p50 the median; zero where nothing was timed
     * @param p99 the 99th percentile
     * @param p999 the 99.9th percentile
     */
    public record Latency(long count, Duration p50, Duration p99, Duration p999) {}

    @Override
    @SuppressWarnings("NullAway") // every stage is there
    public void time(Stage stage, long nanos) {
        stages.get(stage).add(nanos);
    }

    @Override
    @SuppressWarnings("NullAway") // every event is there
    public void count(Event event) {
        events.get(event).increment();
    }

    @Override
    public void indexSize(long items) {
        indexSize.set(items);
    }

    /**
     * {@return the latencies of a stage so far}
     *
     * @param stage which
     */
    @SuppressWarnings("NullAway") // every stage is there
    public Latency latency(Stage stage) {
        LatencyHistogram histogram = stages.get(stage);
        return new Latency(
                histogram.count(), quantile(histogram, 0.5), quantile(histogram, 0.99), quantile(histogram, 0.999));
    }

    private static Duration quantile(LatencyHistogram histogram, double share) {
        return Duration.ofNanos(histogram.quantile(share));
    }

    /**
     * {@return how often something happened so far}
     *
     * @param event what
     */
    @SuppressWarnings("NullAway") // every event is there
    public long counted(Event event) {
        return events.get(event).sum();
    }

    /** {@return how many items are searched, as last heard} */
    public long indexSize() {
        return indexSize.get();
    }

    /** {@return hits among all look-ups in caches, from 0 to 1; empty without look-ups} */
    public OptionalDouble cacheHitRate() {
        long hits = counted(Event.CACHE_HIT);
        long all = hits + counted(Event.CACHE_MISS);
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) hits / all);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("ServingStatistics[indexSize=" + indexSize);
        events.forEach(
                (event, count) -> text.append(", ").append(event).append('=').append(count));
        stages.keySet()
                .forEach(stage -> text.append(", ").append(stage).append('=').append(latency(stage)));
        return text.append(']').toString();
    }
}
