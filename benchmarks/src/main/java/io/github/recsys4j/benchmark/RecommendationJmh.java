package io.github.recsys4j.benchmark;

import com.google.common.collect.Lists;
import com.google.common.primitives.Ints;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.runtime.Device;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One recommendation by user id and by raw history: 200 items of history, dim 128, 3,416 items, gSASRec's tower. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RecommendationJmh {
    private static final int LENGTH = 200;
    private static final int K = 10;

    private final Dataset dataset = Synthetic.histories(16, Synthetic.ML1M_ITEMS, LENGTH);
    private final List<String> history = Lists.transform(
            Ints.asList(dataset.interactions().items(0)),
            item -> dataset.items().id(item));
    private final MultimodalRecommender recommender = MultimodalRecommender.builder()
            .architecture(Architecture.gSasRec().withMaxLength(LENGTH))
            .epochs(1)
            .device(Device.cpu())
            .train(dataset);

    /** Frees the model. */
    @TearDown
    public void close() {
        recommender.close();
    }

    /** {@return the recommendations} */
    @Benchmark
    public List<Recommendation> byUser() {
        return recommender.getRecommendations("0", K);
    }

    /** {@return the recommendations} */
    @Benchmark
    public List<Recommendation> byHistory() {
        return recommender.getRecommendations(history, K);
    }
}
