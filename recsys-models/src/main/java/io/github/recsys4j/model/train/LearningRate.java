package io.github.recsys4j.model.train;

/**
 * The learning rate of each step of one run: the warm-up, then the schedule counted from the end of the warm-up.
 *
 * <p>Only a plateau has a state; everything else is a function of the step, so that a resumed run needs nothing
 * but its step number. Not thread-safe.
 */
final class LearningRate {
    private static final double SMALLEST_FALL = 1e-8;

    private final double base;
    private final Schedule schedule;
    private final Warmup warmup;
    private final long stepsPerEpoch;
    private final long totalSteps;
    private Plateau plateau;

    /** Linear warm-up: step {@code s} of {@code steps} uses {@code start + (1 - start) * s / steps} of the rate. */
    record Warmup(int steps, double startFactor) {
        static final Warmup NONE = new Warmup(0, 1);

        double factor(long step) {
            return step >= steps ? 1 : startFactor + (1 - startFactor) * step / steps;
        }
    }

    /** What a plateau remembers: the rate after its falls, the best metric, and two counters. */
    record Plateau(double rate, double best, int bad, int cooling) {}

    LearningRate(double base, Schedule schedule, Warmup warmup, long stepsPerEpoch, long totalSteps) {
        this.base = base;
        this.schedule = schedule;
        this.warmup = warmup;
        this.stepsPerEpoch = stepsPerEpoch;
        this.totalSteps = totalSteps;
        this.plateau = new Plateau(base, Double.NEGATIVE_INFINITY, 0, 0);
    }

    /** {@return the rate of a step, counted from 0} */
    double at(long step) {
        long after = Math.max(0, step - warmup.steps());
        return warmup.factor(step) * scheduled(after);
    }

    private double scheduled(long step) {
        if (schedule instanceof Schedule.Cosine cosine) {
            long length = Math.max(1, totalSteps - warmup.steps());
            double progress = Math.min(1, (double) step / length);
            return cosine.minimum() + (base - cosine.minimum()) * (1 + Math.cos(Math.PI * progress)) / 2;
        }
        if (schedule instanceof Schedule.Step stairs) {
            long stair = step / (stairs.everyEpochs() * stepsPerEpoch);
            return base * Math.pow(stairs.factor(), (double) stair);
        }
        return schedule instanceof Schedule.Plateau ? plateau.rate() : base;
    }

    /** Takes a validation metric, higher is better; only a plateau cares. */
    void onMetric(double metric) {
        if (schedule instanceof Schedule.Plateau settings) {
            plateau = next(settings, metric);
        }
    }

    private Plateau next(Schedule.Plateau settings, double metric) {
        boolean better = rises(settings, metric);
        double best = better ? metric : plateau.best();
        int bad = better || plateau.cooling() > 0 ? 0 : plateau.bad() + 1;
        int cooling = Math.max(0, plateau.cooling() - 1);
        if (bad <= settings.patience()) {
            return new Plateau(plateau.rate(), best, bad, cooling);
        }
        double lower = Math.max(plateau.rate() * settings.factor(), settings.minimum());
        double rate = plateau.rate() - lower > SMALLEST_FALL ? lower : plateau.rate();
        return new Plateau(rate, best, 0, settings.cooldown());
    }

    /** A relative threshold: PyTorch's {@code max} mode for metrics, its {@code min} mode for negated losses. */
    private boolean rises(Schedule.Plateau settings, double metric) {
        double best = plateau.best();
        return best == Double.NEGATIVE_INFINITY || metric > best + settings.threshold() * Math.abs(best);
    }

    Plateau state() {
        return plateau;
    }

    void restore(Plateau state) {
        plateau = state;
    }
}
