package io.github.recsys4j.benchmark;

import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.split.HeldOut;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Full-ranking evaluation of ready vectors at the size of MovieLens-1M: seen items filtered, the standard metrics. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EvaluationJmh {
    private final Evaluator evaluator = Evaluator.builder().build();
    private final HeldOut cases = Synthetic.cases(Synthetic.ML1M_USERS, Synthetic.ML1M_ITEMS, 3);

    /** The width of a vector. */
    @Param({"64", "128"})
    public int dim;

    private float[] users = {};
    private float[] items = {};

    /** Draws the vectors. */
    @Setup
    public void draw() {
        users = Synthetic.normal(Synthetic.ML1M_USERS * dim, 1);
        items = Synthetic.normal(Synthetic.ML1M_ITEMS * dim, 2);
    }

    /** {@return the report, so that nothing is left out} */
    @Benchmark
    public EvaluationReport evaluate() {
        return evaluator.evaluate("random vectors", users, items, cases);
    }
}
