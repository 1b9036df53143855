package io.github.recsys4j.model;

import io.github.recsys4j.eval.search.Settings;
import io.github.recsys4j.model.train.Optimizer;
import io.github.recsys4j.model.train.Schedule;
import io.github.recsys4j.model.train.TrainingOptions;

/** The settings {@code training.} of a trial. Not thread-safe. */
final class TrainingSettings {
    private final SettingsReader at;

    TrainingSettings(Settings settings) {
        at = new SettingsReader(settings, "training.");
    }

    TrainingOptions.Builder apply(TrainingOptions base) {
        TrainingOptions.Builder builder = base.rebuild()
                .optimizer(tuned(optimizer(base.optimizer())))
                .schedule(tuned(schedule(base.schedule())))
                .batchSize(at.integer("batch-size", base.batchSize()))
                .clipNorm(at.number("clip-norm", base.clipNorm()))
                .epochs(at.integer("epochs", base.epochs()))
                .patience(at.integer("patience", base.patience()));
        at.finish();
        return builder;
    }

    private Optimizer optimizer(Optimizer base) {
        return switch (at.text("optimizer", "")) {
            case "" -> base;
            case "adam" -> Optimizer.adam();
            case "adam-w" -> Optimizer.adamW();
            case "sgd" -> Optimizer.sgd(0.1, 0.9);
            default ->
                throw new IllegalArgumentException("setting \"training.optimizer\" must be adam, adam-w or sgd, got \""
                        + at.text("optimizer", "") + "\"");
        };
    }

    private Optimizer tuned(Optimizer base) {
        double rate = at.number("optimizer.learning-rate", base.learningRate());
        if (base instanceof Optimizer.Adam adam) {
            return new Optimizer.Adam(
                    rate,
                    at.number("optimizer.beta1", adam.beta1()),
                    at.number("optimizer.beta2", adam.beta2()),
                    at.number("optimizer.epsilon", adam.epsilon()),
                    at.number("optimizer.weight-decay", adam.weightDecay()));
        }
        if (base instanceof Optimizer.AdamW adam) {
            return new Optimizer.AdamW(
                    rate,
                    at.number("optimizer.beta1", adam.beta1()),
                    at.number("optimizer.beta2", adam.beta2()),
                    at.number("optimizer.epsilon", adam.epsilon()),
                    at.number("optimizer.weight-decay", adam.weightDecay()));
        }
        Optimizer.Sgd sgd = (Optimizer.Sgd) base;
        return new Optimizer.Sgd(
                rate,
                at.number("optimizer.momentum", sgd.momentum()),
                sgd.dampening(),
                sgd.nesterov(),
                at.number("optimizer.weight-decay", sgd.weightDecay()));
    }

    private Schedule schedule(Schedule base) {
        return switch (at.text("schedule", "")) {
            case "" -> base;
            case "constant" -> Schedule.constant();
            case "cosine" -> Schedule.cosine(0);
            case "step" -> Schedule.step(10, 0.5);
            case "plateau" -> Schedule.reduceOnPlateau(0.5, 3);
            default ->
                throw new IllegalArgumentException(
                        "setting \"training.schedule\" must be constant, cosine, step or plateau, got \""
                                + at.text("schedule", "") + "\"");
        };
    }

    private Schedule tuned(Schedule base) {
        if (base instanceof Schedule.Step step) {
            return new Schedule.Step(step.everyEpochs(), at.number("schedule.factor", step.factor()));
        }
        return base instanceof Schedule.Plateau plateau
                ? new Schedule.Plateau(
                        at.number("schedule.factor", plateau.factor()),
                        plateau.patience(),
                        plateau.threshold(),
                        plateau.cooldown(),
                        plateau.minimum())
                : base;
    }
}
