package io.github.recsys4j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.recsys4j.ProgressListener;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter written = new StringWriter();
    private final AtomicLong clock = new AtomicLong();

    private static ProgressListener.Progress report(String stage, long done, long total) {
        return new ProgressListener.Progress(stage, done, total, Map.of("loss", 1.23456, "NDCG@10", 0.5));
    }

    private Progress plain() {
        return new Progress(new PrintWriter(written, true), false, clock::get);
    }

    @Test
    void onProgress_plain_printsFirstLastAndSeldomBetween() {
        try (Progress progress = plain()) {
            for (int step = 0; step <= 100; step++) {
                clock.addAndGet(100_000_000L);
                progress.onProgress(report("train", step, 100));
            }
        }

        assertThat(written.toString().lines())
                .containsExactly(
                        "train 0/100 NDCG@10=0.5000 loss=1.235",
                        "train 50/100 NDCG@10=0.5000 loss=1.235",
                        "train 100/100 NDCG@10=0.5000 loss=1.235");
    }

    @Test
    void onProgress_newStageAndUnknownTotal_printsAtOnce() {
        try (Progress progress = plain()) {
            progress.onProgress(report("load", 10, -1));
            progress.onProgress(new ProgressListener.Progress("train", 0, 5, Map.of()));
        }

        assertThat(written.toString().lines()).containsExactly("load 10 NDCG@10=0.5000 loss=1.235", "train 0/5");
    }

    @Test
    void onProgress_terminal_movesOneBar() {
        try (Progress progress = new Progress(new PrintWriter(written, true), true, clock::get)) {
            progress.onProgress(report("train", 1, 2));
            progress.onProgress(report("train", 2, 2));
        }

        assertThat(written.toString()).contains("\rtrain").contains("100%").contains("loss=1.235");
    }
}
