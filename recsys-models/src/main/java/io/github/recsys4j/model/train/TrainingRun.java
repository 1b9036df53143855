package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.ParameterSpec;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.train.TrainingHistory.Epoch;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: epochs of steps, with validation, early stopping and checkpoints between them.
 *
 * <p>What a step does follows from the seed, the step's number and the parameters alone, so a run that is restored
 * from a checkpoint goes on exactly as it would have. Not thread-safe.
 */
final class TrainingRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
    private static final double NANOS = 1e9;

    private final TrainingOptions options;
    private final Validation validation;
    private final ProgressListener listener;
    private final TrainingSequences sequences;
    private final int batchesPerEpoch;
    private final LearningRate learningRate;
    private final Optional<RunCheckpoints> checkpoints;
    private final TorchParameters parameters;
    private final Optional<ItemRows> rows;
    private final TrainingStep steps;
    private final TorchScorer scorer;
    private final double secondsBefore;
    private final long startNanos = System.nanoTime();

    private RunState state;
    private Optional<ParameterSet> best = Optional.empty();

    /** What is trained, on what, and who watches. */
    record Task(
            SequenceNetwork network,
            TrainingOptions options,
            Dataset train,
            ContentMatrices features,
            UserFeatures users,
            Validation validation,
            ProgressListener listener) {}

    TrainingRun(Task task, TorchSession session, ParameterSet start) {
        this.options = task.options();
        this.validation = task.validation();
        this.listener = task.listener();
        this.sequences = new TrainingSequences(
                task.train().interactions(), task.network().tower().maxLength());
        int batches = (sequences.size() - 1) / options.batchSize() + 1;
        this.batchesPerEpoch = Math.min(batches, options.maxBatchesPerEpoch());
        this.learningRate = new LearningRate(
                options.optimizer().learningRate(),
                options.schedule(),
                new LearningRate.Warmup(options.warmupSteps(), options.warmupStart()),
                batchesPerEpoch,
                totalSteps());
        this.checkpoints = options.checkpoints().map(policy -> new RunCheckpoints(policy, RunFingerprint.of(task)));
        Optional<Checkpoint> found = checkpoints.flatMap(RunCheckpoints::newest);
        List<ParameterSpec> specs = task.network().parameters();
        this.parameters = session.parameters(found.map(checkpoint -> checkpoint.set(Checkpoint.PARAMETERS, specs))
                .orElse(start));
        this.rows = task.network().content().map(content -> itemRows(task, session));
        this.steps = new TrainingStep(task, sequences, session, parameters, rows);
        this.scorer = new TorchScorer(task, session, parameters);
        this.state = found.map(Checkpoint::state).orElseGet(() -> RunState.start(learningRate.state()));
        this.secondsBefore = state.seconds();
        found.ifPresent(checkpoint -> {
            learningRate.restore(state.plateau());
            steps.restoreOptimizer(checkpoint.group(Checkpoint.OPTIMIZER), state.step());
            best = Optional.of(checkpoint)
                    .filter(saved -> !saved.group(Checkpoint.BEST).isEmpty())
                    .map(saved -> saved.set(Checkpoint.BEST, specs));
            LOG.info("goes on from the checkpoint after step {}", state.step());
        });
    }

    private ItemRows itemRows(Task task, TorchSession session) {
        int[] counts = sequences.itemCounts(task.network().items());
        return new ItemRows(task.network(), new KnownContents(task.features(), counts), session, parameters);
    }

    private long totalSteps() {
        return (long) batchesPerEpoch * options.epochs();
    }

    TrainingResult run() {
        if (sequences.skippedUsers() > 0) {
            LOG.info(
                    "{} users with fewer than 2 interactions teach nothing, {} remain",
                    sequences.skippedUsers(),
                    sequences.size());
        }
        Optional<String> reason = stopReason();
        while (reason.isEmpty()) {
            epoch();
            reason = stopReason();
        }
        ParameterSet kept = best.orElseGet(parameters::snapshot);
        int epoch = state.best().epoch() > 0 ? state.best().epoch() : state.epoch();
        return new TrainingResult(kept, new TrainingHistory(state.curve(), epoch, reason.get()));
    }

    @Override
    public void close() {
        steps.close();
        rows.ifPresent(ItemRows::close);
        parameters.close();
    }

    private Optional<String> stopReason() {
        if (state.epoch() >= options.epochs()) {
            return Optional.of("all " + options.epochs() + " epochs are done");
        }
        if (state.best().since() >= options.patience()) {
            return Optional.of(
                    "no better " + options.metric() + " in " + state.best().since() + " validations");
        }
        return options.maxDuration()
                .filter(limit -> state.batch() == 0 && state.epoch() > 0 && seconds() >= limit.toMillis() / 1e3)
                .map(limit -> "the time limit of " + limit + " is over");
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - startNanos) / NANOS;
    }

    private void epoch() {
        int[] order = sequences.order(options.seed(), state.epoch());
        long begun = System.nanoTime();
        long before = state.positions();
        double rate = learningRate.at(state.step());
        while (state.batch() < batchesPerEpoch) {
            int from = state.batch() * options.batchSize();
            int[] users = Arrays.copyOfRange(order, from, Math.min(order.length, from + options.batchSize()));
            rate = learningRate.at(state.step());
            TrainingStep.Outcome outcome = steps.take(users, state.step(), rate);
            state = state.afterStep(outcome.loss(), outcome.positions());
            reportStep(rate, (state.positions() - before) * NANOS / (System.nanoTime() - begun));
            checkpoints.filter(RunCheckpoints::dueInMidEpoch).ifPresent(this::save);
        }
        endEpoch(rate);
        checkpoints
                .filter(store -> store.dueAfter(state.epoch()) || stopReason().isPresent())
                .ifPresent(this::save);
    }

    private void reportStep(double rate, double positionsPerSecond) {
        Map<String, Double> figures =
                Map.of("loss", state.meanLoss(), "learningRate", rate, "positionsPerSecond", positionsPerSecond);
        listener.onProgress(new Progress("train", state.step(), totalSteps(), figures));
    }

    private void endEpoch(double rate) {
        int number = state.epoch() + 1;
        double loss = state.meanLoss();
        boolean due = number % options.validateEvery() == 0 || number == options.epochs();
        rows.filter(tables -> due).ifPresent(ItemRows::refresh);
        Map<String, Double> metrics = due ? validation.measure(scorer) : Map.of();
        if (!metrics.isEmpty()) {
            judge(number, metrics);
            listener.onProgress(new Progress("validate", number, options.epochs(), metrics));
        }
        LOG.debug("epoch {}: loss {}, {}", number, loss, metrics);
        state = state.afterEpoch(new Epoch(number, state.step(), loss, rate, seconds(), metrics));
    }

    private void judge(int number, Map<String, Double> metrics) {
        Double value = metrics.get(options.metric());
        checkArgument(
                value != null,
                "metric %s is not among those that validation gives: %s. Name one of these.",
                options.metric(),
                metrics.keySet());
        learningRate.onMetric(value);
        RunState.Best now = state.best().after(value, number);
        if (now.since() == 0) {
            best = Optional.of(parameters.snapshot());
        }
        state = state.afterValidation(now, learningRate.state());
    }

    private void save(RunCheckpoints store) {
        state = state.at(seconds());
        Map<String, Map<String, float[]>> tensors = new LinkedHashMap<>();
        tensors.put(Checkpoint.PARAMETERS, floats(parameters.snapshot()));
        tensors.put(Checkpoint.OPTIMIZER, steps.saveOptimizer());
        best.ifPresent(set -> tensors.put(Checkpoint.BEST, floats(set)));
        store.save(state, tensors);
    }

    private static Map<String, float[]> floats(ParameterSet set) {
        Map<String, float[]> values = new LinkedHashMap<>();
        for (String name : set.names()) {
            float[] copy = new float[set.spec(name).size()];
            set.values(name).get(copy);
            values.put(name, copy);
        }
        return values;
    }
}
