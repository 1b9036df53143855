package io.github.recsys4j.eval.search;

import java.util.SplittableRandom;

/** Streams of random numbers derived from a search's seed, so that no trial's draws depend on another's. */
final class Seeds {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Seeds() {}

    /** The generator that proposes a trial. */
    static SplittableRandom proposing(long seed, int number) {
        return new SplittableRandom(derive(seed, 1, number));
    }

    /** The seed that a configuration's training gets. */
    static long training(long seed, int configuration) {
        return derive(seed, 2, configuration);
    }

    private static long derive(long seed, int purpose, int number) {
        return new SplittableRandom((seed * GOLDEN + purpose) * GOLDEN + number).nextLong();
    }
}
