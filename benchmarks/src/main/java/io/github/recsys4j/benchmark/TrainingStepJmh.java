package io.github.recsys4j.benchmark;

import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import io.github.recsys4j.model.train.Loss;
import io.github.recsys4j.model.train.Negatives;
import io.github.recsys4j.model.train.Trainer;
import io.github.recsys4j.model.train.TrainingOptions;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Optimizer steps of batches of 128 full histories of 200 items, dim 64, 2 blocks. A run of 5 steps is timed, with
 * what it takes to set one up; {@link TrainingStepBenchmark} compares single steps with PyTorch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class TrainingStepJmh {
    private static final int STEPS = 5;
    private static final int BATCH = 128;
    private static final int LENGTH = 200;
    private static final int DIM = 64;

    private final Dataset dataset = Synthetic.histories(STEPS * BATCH, Synthetic.ML1M_ITEMS, LENGTH + 1);

    /** What is minimised. */
    @Param({"FULL_SOFTMAX", "GBCE", "BCE"})
    public Loss.Kind loss = Loss.Kind.FULL_SOFTMAX;

    /** Trains for one epoch. */
    @Benchmark
    @OperationsPerInvocation(STEPS)
    public void train() {
        SequenceNetwork network = new SequenceNetwork(
                dataset.items().size(), false, new TransformerTower(TowerOptions.gSasRec(DIM, LENGTH)));
        TrainingOptions options = TrainingOptions.builder()
                .loss(new Loss(loss, loss == Loss.Kind.GBCE ? 0.75 : 0, 1, 0, 0, Optional.empty()))
                .negatives(Negatives.uniform(loss == Loss.Kind.GBCE ? 256 : 1))
                .batchSize(BATCH)
                .epochs(1)
                .build();
        new Trainer(network, options).train(dataset);
    }
}
