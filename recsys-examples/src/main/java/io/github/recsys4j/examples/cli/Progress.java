package io.github.recsys4j.examples.cli;

import io.github.recsys4j.ProgressListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how a job gets on: a bar that moves on a terminal, otherwise a line at most every few seconds and at each
 * stage's end. Not thread-safe; listens to one job.
 */
final class Progress implements ProgressListener, AutoCloseable {
    private static final long NANOS_BETWEEN_LINES = 5_000_000_000L;
    private static final int BAR_WIDTH = 100;

    private final PrintWriter err;
    private final boolean bar;
    private final LongSupplier clock;
    private @Nullable ProgressBar current;
    private String stage = "";
    private long lastLine;

    Progress(Console console) {
        this(console.err(), console.terminal(), System::nanoTime);
    }

    Progress(PrintWriter err, boolean bar, LongSupplier clock) {
        this.err = err;
        this.bar = bar;
        this.clock = clock;
        lastLine = clock.getAsLong() - NANOS_BETWEEN_LINES;
    }

    @Override
    public void onProgress(ProgressListener.Progress report) {
        if (bar) {
            move(report);
        } else {
            print(report);
        }
    }

    private void move(ProgressListener.Progress report) {
        ProgressBar shown = current;
        if (shown == null || !stage.equals(report.stage())) {
            close();
            shown = open(report);
            current = shown;
            stage = report.stage();
        }
        shown.maxHint(report.total());
        shown.stepTo(report.done());
        shown.setExtraMessage(figures(report.metrics()));
        if (report.done() == report.total()) {
            close();
            stage = "";
        }
    }

    private ProgressBar open(ProgressListener.Progress report) {
        return new ProgressBarBuilder()
                .setTaskName(report.stage())
                .setInitialMax(report.total())
                .setStyle(ProgressBarStyle.ASCII)
                .setMaxRenderedLength(BAR_WIDTH)
                .setConsumer(new DelegatingProgressBarConsumer(this::redraw, BAR_WIDTH))
                .build();
    }

    private void redraw(String line) {
        err.print("\r" + line);
        err.flush();
    }

    private void print(ProgressListener.Progress report) {
        long now = clock.getAsLong();
        boolean done = report.done() == report.total();
        if (!done && stage.equals(report.stage()) && now - lastLine < NANOS_BETWEEN_LINES) {
            return;
        }
        stage = report.stage();
        lastLine = now;
        String total = report.total() < 0 ? "" : "/" + report.total();
        err.println((report.stage() + " " + report.done() + total + " " + figures(report.metrics())).strip());
    }

    static String figures(Map<String, Double> metrics) {
        return new TreeMap<>(metrics)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + figure(entry.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%.0f" : "%.4g", value);
    }

    @Override
    public void close() {
        ProgressBar shown = current;
        if (shown != null) {
            shown.close();
            err.println();
            current = null;
        }
    }
}
