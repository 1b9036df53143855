package io.github.recsys4j.model.train;

import static org.assertj.core.api.Assertions.assertThat;

/** The tolerance between training and serving: {@code 1e-5 * max(1, max |value|)}. */
final class Agreement {
    private static final double TOLERANCE = 1e-5;

    private Agreement() {}

    static void assertClose(float[] served, float[] trained) {
        assertThat(served).hasSameSizeAs(trained);
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < trained.length; i++) {
            assertThat(served[i]).as("value %s", i).isFinite();
            largest = Math.max(largest, Math.abs(trained[i]));
            difference = Math.max(difference, Math.abs(served[i] - trained[i]));
        }
        assertThat(difference).isLessThanOrEqualTo(TOLERANCE * largest);
    }
}
