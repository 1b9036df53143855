package io.github.recsys4j.examples.quickstart;

import io.github.recsys4j.ProgressListener;

/** Tells of every few epochs in a line. Not thread-safe. */
final class EpochLines implements ProgressListener {
    private static final int LINES = 8;

    private final Teller teller;
    private final String metric;
    private double loss;

    /** Prints a line. */
    @FunctionalInterface
    interface Teller {
        /** Prints a line in the form of {@link String#format}. */
        void say(String format, Object... values);
    }

    EpochLines(Teller teller, String metric) {
        this.teller = teller;
        this.metric = metric;
    }

    @Override
    public void onProgress(Progress progress) {
        loss = progress.metrics().getOrDefault("loss", loss);
        long every = Math.max(1, progress.total() / LINES);
        if (progress.stage().equals("validate")
                && (progress.done() % every == 0 || progress.done() == 1 || progress.done() == progress.total())) {
            teller.say(
                    "epoch %3d   loss %.3f   validation %s %.3f",
                    progress.done(), loss, metric, progress.metrics().getOrDefault(metric, Double.NaN));
        }
    }
}
