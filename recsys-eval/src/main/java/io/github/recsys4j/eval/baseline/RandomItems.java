package io.github.recsys4j.eval.baseline;

import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Random order: what a metric gives for knowing nothing.
 *
 * <p>Each user id, and without one each history, has its own stream derived from the seed, so an answer depends
 * neither on who asked before nor on the number of threads.
 *
 * @param seed the only source of randomness
 */
public record RandomItems(long seed) implements Baseline {
    /** The seed of {@link Baselines#all()}. */
    public static final long DEFAULT_SEED = 42;

    static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    @Override
    public String name() {
        return "random";
    }

    @Override
    public Recommender train(Dataset train) {
        return new HistoryRecommender(name(), train, this::score);
    }

    private void score(Optional<String> userId, int[] history, double[] scores) {
        long stream = userId.map(RandomItems::hash).orElseGet(() -> (long) Arrays.hashCode(history));
        SplittableRandom random = new SplittableRandom(seed ^ (stream * MULTIPLIER));
        for (int item = 0; item < scores.length; item++) {
            scores[item] = random.nextDouble();
        }
    }

    private static long hash(String id) {
        long hash = 1;
        for (int i = 0; i < id.length(); i++) {
            hash = hash * MULTIPLIER + id.charAt(i);
        }
        return hash;
    }
}
