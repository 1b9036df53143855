package io.github.recsys4j.eval.search;

import java.util.List;

/** Independent draws. */
final class RandomStrategy extends Strategy {
    private final int trials;

    RandomStrategy(int trials) {
        checkTrials(trials);
        this.trials = trials;
    }

    @Override
    public int trials() {
        return trials;
    }

    @Override
    String fingerprint() {
        return "random";
    }

    @Override
    int mustKnow(int number, int jobs) {
        return 0;
    }

    @Override
    Trial propose(int number, List<TrialResult> known, SearchSpace space, long seed) {
        return new Trial(
                number, number, drawRandom(space, Seeds.proposing(seed, number)), 0, Seeds.training(seed, number));
    }

    @Override
    public String toString() {
        return "random search of " + trials + " trials";
    }
}
