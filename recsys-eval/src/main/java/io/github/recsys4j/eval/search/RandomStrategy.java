package io.github.recsys4j.eval.search;

import java.util.List;
import java.util.SplittableRandom;

/** Independent draws. */
final class RandomStrategy extends CountedStrategy {
    RandomStrategy(int trials) {
        super(trials);
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
    Settings settings(int number, List<TrialResult> known, SearchSpace space, SplittableRandom random) {
        return drawRandom(space, random);
    }

    @Override
    public String toString() {
        return "random search of " + trials() + " trials";
    }
}
