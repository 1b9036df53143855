package io.github.recsys4j.eval;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.apache.commons.math3.distribution.TDistribution;

/** The p-value of a mean difference, two-sided, paired over users. */
final class PairedTests {
    /** Sums in another order differ by rounding; such a difference is none. */
    private static final double ROUNDING = 1e-12;

    private PairedTests() {}

    static double pValue(UserSums.Column differences, Confidence confidence) {
        if (differences.numUsers() < 2 || Math.abs(differences.mean()) < ROUNDING) {
            return 1;
        }
        return confidence.test() == PairedTest.T
                ? student(differences)
                : randomisation(differences, confidence.resamples(), confidence.seed());
    }

    private static double student(UserSums.Column differences) {
        double error = differences.standardError();
        if (error == 0) {
            return 0;
        }
        double t = Math.abs(differences.mean()) / error;
        return 2 * new TDistribution(differences.numUsers() - 1.0).cumulativeProbability(-t);
    }

    private static double randomisation(UserSums.Column differences, int draws, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] sums = differences.sums();
        double observed = Math.abs(flipped(sums, () -> 0));
        int atLeast = 1;
        for (int draw = 0; draw < draws; draw++) {
            atLeast += Math.abs(flipped(sums, random::nextLong)) >= observed - ROUNDING ? 1 : 0;
        }
        return atLeast / (draws + 1.0);
    }

    private static double flipped(double[] sums, LongSupplier signs) {
        double sum = 0;
        for (int user = 0; user < sums.length; user += Long.SIZE) {
            long bits = signs.getAsLong();
            for (int i = user; i < Math.min(sums.length, user + Long.SIZE); i++) {
                sum += (bits >>> (i - user) & 1) == 0 ? sums[i] : -sums[i];
            }
        }
        return sum;
    }
}
