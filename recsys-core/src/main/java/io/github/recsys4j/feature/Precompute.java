package io.github.recsys4j.feature;

import com.google.common.collect.Iterables;
import io.github.recsys4j.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fills a cache, part by part; what is broken is counted and left out.
 *
 * @param <S> where a content comes from: itself, or a file
 * @param <T> what the encoder reads
 */
final class Precompute<S, T> {
    private static final int EXAMPLES = 10;

    private final CachedVectors<T> vectors;
    private final Encoder<T> encoder;
    private final Source<S, T> source;
    private final ProgressListener progress;
    private final List<String> examples = new ArrayList<>();
    private long broken;

    /** Reads a content. */
    @FunctionalInterface
    interface Source<S, T> {
        T read(S from) throws IOException;
    }

    Precompute(CachedVectors<T> vectors, Encoder<T> encoder, Source<S, T> source, ProgressListener progress) {
        this.vectors = vectors;
        this.encoder = encoder;
        this.source = source;
        this.progress = progress;
    }

    PrecomputeReport run(Iterable<? extends S> sources) {
        long before = vectors.stats().encoded();
        long total = sources instanceof Collection<?> all ? all.size() : -1;
        long done = 0;
        for (List<? extends S> part : Iterables.partition(sources, vectors.step())) {
            encode(part);
            done += part.size();
            progress.onProgress(new ProgressListener.Progress(stage(), done, total, Map.of("broken", (double) broken)));
        }
        return new PrecomputeReport(done, vectors.stats().encoded() - before, broken, examples);
    }

    private String stage() {
        return "precompute " + vectors.info().modality().name().toLowerCase(Locale.ROOT);
    }

    private void encode(List<? extends S> part) {
        List<S> names = new ArrayList<>(part.size());
        List<T> contents = new ArrayList<>(part.size());
        for (S from : part) {
            try {
                contents.add(source.read(from));
                names.add(from);
            } catch (IOException e) {
                note(from, e.toString());
            }
        }
        TolerantEncoding.encode(encoder, contents, new TolerantEncoding.Result() {
            @Override
            public void encoded(int position, float[] rows, int offset) {}

            @Override
            public void broken(int position, String reason) {
                note(names.get(position), reason);
            }
        });
    }

    private void note(S from, String reason) {
        broken++;
        if (examples.size() < EXAMPLES) {
            examples.add(abbreviated(from.toString()) + ": " + reason);
        }
    }

    private static String abbreviated(String name) {
        return name.length() <= 100 ? name : name.substring(0, 97) + "...";
    }
}
