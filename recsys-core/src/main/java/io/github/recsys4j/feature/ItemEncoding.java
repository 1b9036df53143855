package io.github.recsys4j.feature;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.prepare.PreparationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Encodes the content of all items, some at a time, and counts what has none.
 *
 * @param <T> what the encoder reads
 */
final class ItemEncoding<T> {
    private static final int ITEMS_AT_ONCE = 512;

    private final Vocabulary items;
    private final Encoder<T> encoder;
    private final ProgressListener progress;
    private final PreparationReport.Collector report;
    private final FeatureMatrix.Builder matrix;

    /** Gives an item's content. */
    @FunctionalInterface
    interface Contents<T> {
        T of(int item) throws SkippedException;
    }

    /** An item's content that is left out. */
    static final class SkippedException extends Exception {
        private static final long serialVersionUID = 1;
        private final String reason;
        private final String detail;

        SkippedException(String reason, String detail) {
            super(detail, null, false, false);
            this.reason = reason;
            this.detail = detail;
        }
    }

    ItemEncoding(Vocabulary items, Encoder<T> encoder, ProgressListener progress, PreparationReport.Collector report) {
        this.items = items;
        this.encoder = encoder;
        this.progress = progress;
        this.report = report;
        EncoderInfo info = encoder.info();
        matrix = FeatureMatrix.builder(info.modality(), items.size(), info.dim());
    }

    static String name(Modality modality) {
        return modality.name().toLowerCase(Locale.ROOT);
    }

    FeatureMatrix run(Contents<T> contents) {
        String stage = "encode " + name(encoder.info().modality());
        for (int from = 0; from < items.size(); from += ITEMS_AT_ONCE) {
            int to = Math.min(items.size(), from + ITEMS_AT_ONCE);
            encode(contents, from, to);
            progress.onProgress(new ProgressListener.Progress(stage, to, items.size(), Map.of()));
        }
        return matrix.build();
    }

    private void encode(Contents<T> contents, int from, int to) {
        List<T> found = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int item = from; item < to; item++) {
            try {
                found.add(contents.of(item));
                owners.add(item);
            } catch (SkippedException e) {
                drop(item, e.reason, e.detail);
            }
        }
        TolerantEncoding.encode(encoder, found, new TolerantEncoding.Result() {
            @Override
            public void encoded(int position, float[] rows, int offset) {
                matrix.put(owners.get(position), rows, offset);
                report.keep();
            }

            @Override
            public void broken(int position, String reason) {
                drop(owners.get(position), "broken", reason);
            }
        });
    }

    private void drop(int item, String reason, String detail) {
        report.drop(reason, "item " + items.id(item) + ": " + detail);
    }
}
