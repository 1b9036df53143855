package io.github.recsys4j.benchmark;

import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The best 10 of a catalogue for one user vector, alone and in a batch of 64; times are per user. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TopKJmh {
    private static final int DIM = 64;
    private static final int BATCH = 64;
    private static final int K = 10;

    /** The size of the catalogue. */
    @Param({"3416", "100000"})
    public int items;

    private final float[] queries = Synthetic.normal(BATCH * DIM, 1);
    private final float[] query = Arrays.copyOf(queries, DIM);
    private ExactIndex index = ExactIndex.of(query, DIM);

    /** Fills the index. */
    @Setup
    public void open() {
        index.close();
        index = ExactIndex.of(Synthetic.normal(items * DIM, 2), DIM);
    }

    /** Frees the index. */
    @TearDown
    public void close() {
        index.close();
    }

    /** {@return what was found} */
    @Benchmark
    public RankedItems one() {
        return index.topK(query, K, ItemFilter.none());
    }

    /** {@return what was found} */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<RankedItems> batch() {
        return index.topKBatch(queries, K, row -> ItemFilter.none());
    }
}
