package io.github.recsys4j.serve;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Hands what serving tells to a Micrometer registry: timers {@code recsys.stage} by {@code stage} with the percentiles .5,
 * .99 and .999, counters {@code recsys.events} by {@code event}, gauge {@code recsys.index.size}.
 *
 * <p>Needs {@code io.micrometer:micrometer-core} on the class path, which this library does not bring along.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class MicrometerMetrics implements ServingMetrics {
    private static final double[] PERCENTILES = {0.5, 0.99, 0.999};

    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Map<Event, Counter> events = new EnumMap<>(Event.class);
    private final AtomicLong indexSize;

    /**
     * Registers the meters.
     *
     * @param registry where
     * @param recommender the value of the tag {@code recommender} on each
     */
    public MicrometerMetrics(MeterRegistry registry, String recommender) {
        for (Stage stage : Stage.values()) {
            stages.put(
                    stage,
                    Timer.builder("recsys.stage")
                            .tag("recommender", recommender)
                            .tag("stage", label(stage))
                            .publishPercentiles(PERCENTILES)
                            .register(registry));
        }
        for (Event event : Event.values()) {
            events.put(event, registry.counter("recsys.events", "recommender", recommender, "event", label(event)));
        }
        indexSize = registry.gauge("recsys.index.size", Tags.of("recommender", recommender), new AtomicLong());
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    @SuppressWarnings("NullAway") // every stage is there
    public void time(Stage stage, long nanos) {
        stages.get(stage).record(nanos, TimeUnit.NANOSECONDS);
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
}
