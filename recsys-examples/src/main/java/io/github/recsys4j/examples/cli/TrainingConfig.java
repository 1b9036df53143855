package io.github.recsys4j.examples.cli;

import io.github.recsys4j.examples.config.Durations;
import io.github.recsys4j.examples.config.Keys;
import io.github.recsys4j.examples.config.Records;
import io.github.recsys4j.model.train.CheckpointPolicy;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.Schedule;
import io.github.recsys4j.model.train.TrainingOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The section {@code training}: every option of a training run but loss and negatives, which are the model's. */
final class TrainingConfig {
    static final Map<String, Optimizer> OPTIMIZERS =
            Map.of("adam", Optimizer.adam(), "adam-w", Optimizer.adamW(), "sgd", Optimizer.sgd(0.1, 0.9));
    static final Map<String, Schedule> SCHEDULES = Map.of(
            "constant", Schedule.constant(),
            "cosine", Schedule.cosine(0),
            "step", Schedule.step(10, 0.5),
            "plateau", Schedule.reduceOnPlateau(0.5, 3));

    private final TrainingOptions.Builder options = TrainingOptions.builder();
    private Saving saving = new Saving(1, Duration.ofMinutes(5), 2);
    private boolean checkpoints = true;
    private boolean keepHistories = true;

    /**
     * The warm-up, whose settings the builder takes together.
     *
     * @param steps how long
     * @param start share of the learning rate at the first step
     */
    record Warmup(int steps, double start) {}

    /**
     * A checkpoint policy without its folder.
     *
     * @param everyEpochs epochs between two
     * @param every time between two in mid-epoch
     * @param keep how many stay
     */
    record Saving(int everyEpochs, Duration every, int keep) {
        Saving {
            new CheckpointPolicy(Path.of(""), everyEpochs, every, keep);
        }

        CheckpointPolicy in(Path folder) {
            return new CheckpointPolicy(folder, everyEpochs, every, keep);
        }
    }

    void read(Keys keys) {
        readCourse(keys);
        readPace(keys);
        keys.flag("checkpoints", value -> checkpoints = value);
        keys.record("saving", saving, value -> saving = value);
        keys.flag("keep-histories", value -> keepHistories = value);
    }

    private void readCourse(Keys keys) {
        TrainingOptions defaults = options.build();
        keys.<Optimizer>variant("optimizer", "adam", OPTIMIZERS, options::optimizer);
        keys.<Schedule>variant("schedule", "constant", SCHEDULES, options::schedule);
        keys.record(
                "warmup",
                new Warmup(defaults.warmupSteps(), defaults.warmupStart()),
                warmup -> options.warmup(warmup.steps(), warmup.start()));
        keys.number("clip-norm", options::clipNorm);
        keys.whole("seed", options::seed);
        keys.text("metric", value -> options.metric(MetricNames.accuracy(value).label()));
        keys.integer("validate-every", options::validateEvery);
        keys.limit("patience", options::patience);
    }

    private void readPace(Keys keys) {
        keys.integer("batch-size", options::batchSize);
        keys.integer("micro-batch-positions", options::microBatchPositions);
        keys.integer("epochs", options::epochs);
        keys.limit("max-batches-per-epoch", options::maxBatchesPerEpoch);
        keys.duration("max-duration", options::maxDuration);
        keys.integer("threads", options::threads);
    }

    Map<String, Object> toMap() {
        TrainingOptions built = options.build();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("optimizer", Records.toMap(OPTIMIZERS, built.optimizer()));
        map.put("schedule", Records.toMap(SCHEDULES, built.schedule()));
        map.put("warmup", Records.toMap(new Warmup(built.warmupSteps(), built.warmupStart())));
        map.put("clip-norm", built.clipNorm());
        map.put("seed", built.seed());
        map.put("metric", built.metric());
        map.put("validate-every", built.validateEvery());
        map.put("patience", limit(built.patience()));
        map.put("batch-size", built.batchSize());
        map.put("micro-batch-positions", built.microBatchPositions());
        map.put("epochs", built.epochs());
        map.put("max-batches-per-epoch", limit(built.maxBatchesPerEpoch()));
        built.maxDuration().ifPresent(value -> map.put("max-duration", Durations.format(value)));
        map.put("threads", built.threads());
        map.put("checkpoints", checkpoints);
        map.put("saving", Records.toMap(saving));
        map.put("keep-histories", keepHistories);
        return map;
    }

    private static Object limit(int value) {
        return value == Integer.MAX_VALUE ? Keys.UNLIMITED : value;
    }

    /** Gives the options, with checkpoints in that folder unless they are switched off. */
    TrainingOptions options(Path checkpointFolder) {
        return checkpoints
                ? options.build()
                        .rebuild()
                        .checkpoints(saving.in(checkpointFolder))
                        .build()
                : options.build();
    }

    /** Gives the options without checkpoints. */
    TrainingOptions options() {
        return options.build();
    }

    boolean keepHistories() {
        return keepHistories;
    }
}
