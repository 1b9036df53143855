package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.SplittableRandom;

/** What several baselines share: checks of settings, and the numbers that training starts with. */
final class Settings {
    private Settings() {}

    static void checkPositive(String name, double value) {
        checkArgument(value > 0 && Double.isFinite(value), "%s must be a finite number above 0, got %s", name, value);
    }

    static void checkAtLeastOne(String name, int value) {
        checkArgument(value >= 1, "%s must be at least 1, got %s", name, value);
    }

    /** {@return numbers drawn uniformly from -range to range} */
    static float[] uniform(int count, double range, SplittableRandom random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (range * (2 * random.nextDouble() - 1));
        }
        return values;
    }
}
