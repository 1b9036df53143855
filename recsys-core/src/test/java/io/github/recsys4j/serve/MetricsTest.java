package io.github.recsys4j.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.recsys4j.serve.ServingMetrics.Event;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void bucket_anyValue_isWithinOnePartIn64OfItsMiddle() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            long value = random.nextLong() >>> (1 + random.nextInt(62));
            long middle = LatencyHistogram.middle(LatencyHistogram.bucket(value));
            assertThat((double) Math.abs(middle - value)).as("%s", value).isLessThanOrEqualTo(value / 64.0 + 0.5);
        }
        assertThat(LatencyHistogram.bucket(Long.MAX_VALUE)).isEqualTo(32 * 59 - 1);
    }

    @Test
    void bucket_rises() {
        for (int bucket = 1; bucket < 32 * 59; bucket++) {
            assertThat(LatencyHistogram.middle(bucket)).isGreaterThan(LatencyHistogram.middle(bucket - 1));
            assertThat(LatencyHistogram.bucket(LatencyHistogram.middle(bucket))).isEqualTo(bucket);
        }
    }

    @Test
    void quantile_random_isThatOfTheSortedValues() {
        SplittableRandom random = new SplittableRandom(2);
        LatencyHistogram histogram = new LatencyHistogram();
        long[] values = random.longs(10_001, 0, 5_000_000).toArray();
        Arrays.stream(values).forEach(histogram::add);
        Arrays.sort(values);
        for (double share : new double[] {0.001, 0.5, 0.9, 0.99, 0.999, 1}) {
            long expected = values[(int) Math.ceil(share * values.length) - 1];
            assertThat((double) histogram.quantile(share)).isCloseTo((double) expected, within(expected / 64.0 + 1));
        }
        assertThat(new LatencyHistogram().quantile(0.5)).isZero();
    }

    @Test
    void add_manyThreads_losesNothing() {
        ServingStatistics statistics = new ServingStatistics();
        IntStream.range(0, 100_000).parallel().forEach(i -> {
            statistics.time(Stage.SEARCH, i);
            statistics.count(Event.ANSWERED);
        });
        assertThat(statistics.latency(Stage.SEARCH).count()).isEqualTo(100_000);
        assertThat(statistics.counted(Event.ANSWERED)).isEqualTo(100_000);
        assertThat(statistics.latency(Stage.SEARCH).p50())
                .isBetween(Duration.ofNanos(49_000), Duration.ofNanos(51_000));
    }

    @Test
    void statistics_untouched_sayNothing() {
        ServingStatistics statistics = new ServingStatistics();
        assertThat(statistics.cacheHitRate()).isEmpty();
        assertThat(statistics.latency(Stage.TOWER).p99()).isZero();
        statistics.count(Event.CACHE_HIT);
        statistics.count(Event.CACHE_MISS);
        statistics.indexSize(42);
        assertThat(statistics.cacheHitRate()).hasValue(0.5);
        assertThat(statistics.indexSize()).isEqualTo(42);
        assertThat(statistics.toString()).contains("indexSize=42", "CACHE_HIT=1", "TOWER=");
    }

    @Test
    void micrometer_hearsAll() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ServingMetrics metrics = new MicrometerMetrics(registry, "shop");
        metrics.time(Stage.RERANK, 2_000_000);
        metrics.time(Stage.RERANK, 4_000_000);
        metrics.count(Event.SWAP_REFUSED);
        metrics.indexSize(7);
        assertThat(registry.get("recsys.stage")
                        .tags("recommender", "shop", "stage", "rerank")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(6);
        assertThat(registry.get("recsys.events")
                        .tags("recommender", "shop", "event", "swap_refused")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("recsys.index.size")
                        .tag("recommender", "shop")
                        .gauge()
                        .value())
                .isEqualTo(7);
    }

    @Test
    void none_listensToNothing() {
        ServingMetrics.none().time(Stage.TOWER, 1);
        ServingMetrics.none().count(Event.FAILED);
        ServingMetrics.none().indexSize(1);
        assertThat(ServingMetrics.none()).isSameAs(ServingMetrics.none());
    }

    @Test
    void health_ofTwo_hasTheTroublesOfBoth() {
        Health whole = new Health(List.of());
        assertThat(whole.isWhole()).isTrue();
        assertThat(new Health(List.of("a")).and(new Health(List.of("b"))).troubles())
                .containsExactly("a", "b");
        assertThat(whole.and(new Health(List.of("b"))).isWhole()).isFalse();
    }
}
