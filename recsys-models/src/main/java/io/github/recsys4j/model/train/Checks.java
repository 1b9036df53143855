package io.github.recsys4j.model.train;

import static com.google.common.base.Preconditions.checkArgument;

/** Range checks that settings share. */
final class Checks {
    private Checks() {}

    static void positive(String name, double value) {
        checkArgument(
                value > 0 && Double.isFinite(value), "%s must be a finite number greater than 0, got %s", name, value);
    }

    static void notNegative(String name, double value) {
        checkArgument(
                value >= 0 && Double.isFinite(value), "%s must be a finite number of at least 0, got %s", name, value);
    }

    static void fraction(String name, double value) {
        checkArgument(value >= 0 && value < 1, "%s must be in [0, 1), got %s", name, value);
    }

    static void atLeastOne(String name, long value) {
        checkArgument(value >= 1, "%s must be at least 1, got %s", name, value);
    }

    static void moments(double learningRate, double beta1, double beta2) {
        positive("learningRate", learningRate);
        fraction("beta1", beta1);
        fraction("beta2", beta2);
    }
}
