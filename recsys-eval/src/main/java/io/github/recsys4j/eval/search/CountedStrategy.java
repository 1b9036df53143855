package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import java.util.SplittableRandom;

/** A number of trials without budgets, each of a configuration of its own; a resumed search may make more of them. */
abstract sealed class CountedStrategy extends Strategy permits RandomStrategy, TpeStrategy {
    private final int trials;

    CountedStrategy(int trials) {
        checkArgument(trials >= 1, "trials must be at least 1, got %s", trials);
        this.trials = trials;
    }

    @Override
    public final int trials() {
        return trials;
    }

    @Override
    final Trial propose(int number, List<TrialResult> known, SearchSpace space, long seed) {
        Settings settings = settings(number, known, space, Seeds.proposing(seed, number));
        return new Trial(number, number, settings, 0, Seeds.training(seed, number));
    }

    /** Chooses the settings of a trial. */
    abstract Settings settings(int number, List<TrialResult> known, SearchSpace space, SplittableRandom random);
}
