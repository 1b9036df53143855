package io.github.recsys4j.model.train;

import ai.djl.ndarray.NDArray;
import io.github.recsys4j.TrainingException;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One optimizer step: a batch of sequences through the network in parts of about equal length, the loss at real
 * positions only, gradients added up over the parts by several workers, clipped, and handed to the optimizer.
 *
 * <p>Each part has a key of its own for what is dropped and drawn, so that it does not matter which worker takes it.
 * Not thread-safe.
 */
final class TrainingStep implements AutoCloseable {
    /** Keys that a step may use: one for each part, the last for what the whole batch shares, before it the items'. */
    private static final int KEYS = 1 << 16;

    /** What a position costs apart from attention, in positions that it attends to. */
    private static final int COST_OF_LAYERS = 1000;

    private final SequenceNetwork network;
    private final TrainingOptions options;
    private final TrainingSequences sequences;
    private final TorchSession session;
    private final TorchParameters parameters;
    private final TorchOptimizer optimizer;
    private final BatchLoss loss;
    private final GradientWorkers workers;
    private final Optional<ItemRows> rows;
    private final UserFeatures userFeatures;

    TrainingStep(
            TrainingRun.Task task,
            TrainingSequences sequences,
            TorchSession session,
            TorchParameters parameters,
            Optional<ItemRows> rows) {
        this.rows = rows;
        this.network = task.network();
        this.options = task.options();
        this.userFeatures = task.users();
        this.sequences = sequences;
        this.session = session;
        this.parameters = parameters;
        this.optimizer = TorchOptimizer.of(options.optimizer(), session.manager());
        KnownItems known = rows.map(ItemRows::knownItems).orElse(KnownItems.all(network.items()));
        this.loss = new BatchLoss(network, options, sequences, known);
        this.workers = new GradientWorkers(parameters, options.threads());
    }

    /** What a step gave: the mean loss per position, and how many positions there were. */
    record Outcome(double loss, int positions) {}

    Map<String, float[]> saveOptimizer() {
        return optimizer.save();
    }

    void restoreOptimizer(Map<String, float[]> saved, long stepsDone) {
        optimizer.restore(saved, values(), stepsDone);
    }

    private Map<String, NDArray> values() {
        Map<String, NDArray> values = new LinkedHashMap<>();
        parameters.names().forEach(name -> values.put(name, parameters.value(name)));
        return values;
    }

    /**
     * Takes one step.
     *
     * @param users the batch
     * @param step its number, from 0; decides what is dropped and drawn
     * @throws TrainingException if the loss or the gradient is not finite; the parameters are untouched then
     */
    Outcome take(int[] users, long step, double learningRate) {
        List<MicroBatch> parts = MicroBatch.cut(sequences, users, options.microBatchPositions(), network.pad());
        int positions = parts.stream().mapToInt(MicroBatch::count).sum();
        parameters.zeroGradients();
        loss.begin(step * KEYS + KEYS - 1);
        List<Work> work = IntStream.range(0, parts.size())
                .mapToObj(part -> new Work(parts.get(part), step * KEYS + part, positions))
                .toList();
        double sum = run(work, step);
        checkFinite("loss", sum, step, learningRate);
        update(step, learningRate);
        return new Outcome(sum, positions);
    }

    private double run(List<Work> work, long step) {
        if (rows.isEmpty()) {
            return workers.run(work);
        }
        try (ItemRows.Pass pass = rows.get().begin(options.seed(), step * KEYS + KEYS - 2)) {
            return workers.run(work) + pass.backward();
        }
    }

    /** A part's forward and backward pass. */
    private final class Work implements GradientWorkers.Part {
        private final MicroBatch part;
        private final long key;
        private final int positions;

        Work(MicroBatch part, long key, int positions) {
            this.part = part;
            this.key = key;
            this.positions = positions;
        }

        @Override
        public long cost() {
            return (long) part.inputs().length * (part.length() + COST_OF_LAYERS);
        }

        @Override
        public double addGradients(TorchParameters replica) {
            long dropout = Randomness.derive(options.seed(), Randomness.Purpose.DROPOUT, key);
            try (TorchStep pass = session.train(replica, dropout)) {
                Tensor real = hidden(pass);
                LossComputation.Result share = loss.of(pass, real, loss.targets(part, key), positions);
                pass.backward(share.backward());
                return share.value();
            }
        }

        private Tensor hidden(TorchStep pass) {
            TorchTensor ids = pass.indices(longs(part.inputs()), part.rows(), part.length());
            TorchTensor mask = pass.input(mask(part), part.rows(), part.length());
            Tensor all = network.tower().hidden(pass, network.inputs(pass, ids), mask);
            TorchTensor real = pass.indices(longs(part.positions()), part.count());
            Tensor users = all.reshape(-1, network.tower().dim()).gather(real);
            return network.inContext(pass, users, () -> contexts(pass));
        }

        private Tensor contexts(TorchStep pass) {
            TorchTensor each = pass.input(userFeatures.contexts(part.users()), part.rows(), userFeatures.width());
            return each.gather(pass.indices(longs(part.owners()), part.count()));
        }
    }

    private void update(long step, double learningRate) {
        Map<String, NDArray> gradients = new LinkedHashMap<>();
        try {
            for (String name : parameters.names()) {
                gradients.put(name, parameters.gradient(name));
            }
            if (Double.isFinite(options.clipNorm())) {
                double norm = TorchOptimizer.clip(gradients.values(), options.clipNorm());
                checkFinite("gradient norm", norm, step, learningRate);
            }
            optimizer.step(values(), gradients, learningRate);
        } finally {
            gradients.values().forEach(NDArray::close);
        }
    }

    private void checkFinite(String what, double value, long step, double learningRate) {
        if (Double.isFinite(value)) {
            return;
        }
        throw new TrainingException(String.format(
                Locale.ROOT,
                "%s is %s at step %d with learning rate %s. Likely causes: the learning rate is too high (lower it, or"
                        + " add a warm-up), gradients explode (set clipNorm, for instance to 1), or the parameters the"
                        + " run started from are not finite. %s",
                what,
                value,
                step + 1,
                learningRate,
                options.checkpoints()
                        .map(policy -> "The last good checkpoint is still in " + policy.folder() + ".")
                        .orElse("No checkpoints were kept: set checkpoints(folder) to lose nothing next time.")));
    }

    @Override
    public void close() {
        workers.close();
    }

    private static float[] mask(MicroBatch part) {
        float[] mask = new float[part.inputs().length];
        for (int position : part.positions()) {
            mask[position] = 1;
        }
        return mask;
    }

    static long[] longs(int[] values) {
        long[] wide = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }
}
