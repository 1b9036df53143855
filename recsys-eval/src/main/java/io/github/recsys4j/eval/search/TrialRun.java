package io.github.recsys4j.eval.search;

import com.google.common.base.Throwables;
import io.github.recsys4j.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Has trials measured by several jobs, writes the journal, and reports progress. Used by one thread. */
final class TrialRun implements AutoCloseable {
    private final int total;
    private final Measurer.Source source;
    private final Optional<Journal> journal;
    private final ProgressListener listener;
    private final ExecutorService jobs;
    private final ConcurrentLinkedDeque<Measurer> idle = new ConcurrentLinkedDeque<>();
    private final List<Future<TrialResult>> trials = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private int done;
    private double best = Double.NEGATIVE_INFINITY;

    TrialRun(int total, int jobs, Measurer.Source source, Optional<Journal> journal, ProgressListener listener) {
        this.total = total;
        this.source = source;
        this.journal = journal;
        this.listener = listener;
        this.jobs = Executors.newFixedThreadPool(jobs, runnable -> {
            Thread thread = new Thread(runnable, "recsys-search");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Has the next trial measured, unless the journal knows its result. */
    void add(Trial trial) {
        TrialResult known = journal.map(Journal::results).orElse(Map.of()).get(trial.number());
        if (known == null) {
            trials.add(jobs.submit(() -> measure(trial)));
            return;
        }
        if (!known.trial().equals(trial)) {
            throw journal.orElseThrow().otherTrial(trial.number(), known.trial().toString(), trial.toString());
        }
        ended(known);
        trials.add(CompletableFuture.completedFuture(known));
    }

    private TrialResult measure(Trial trial) {
        throwFailure();
        Measurer free = idle.pollFirst();
        Measurer measurer = free == null ? source.open() : free;
        try {
            TrialResult result = measurer.measure(trial);
            synchronized (this) {
                journal.ifPresent(file -> file.add(result));
                ended(result);
            }
            return result;
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            throw e;
        } finally {
            idle.addFirst(measurer);
        }
    }

    private synchronized void ended(TrialResult result) {
        done++;
        best = Math.max(best, result.rank());
        Map<String, Double> figures =
                result.score().isPresent() ? Map.of("score", result.score().getAsDouble(), "best", best) : Map.of();
        listener.onProgress(new ProgressListener.Progress("search", done, total, figures));
    }

    /** Waits for the first trials. */
    List<TrialResult> results(int first) {
        List<TrialResult> results = new ArrayList<>();
        for (Future<TrialResult> trial : trials.subList(0, first)) {
            results.add(result(trial));
        }
        return results;
    }

    private TrialResult result(Future<TrialResult> trial) {
        try {
            return trial.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("search was interrupted: run it again to go on from its journal", e);
        } catch (ExecutionException e) {
            throwFailure();
            throw new IllegalStateException(e);
        }
    }

    /** What ends the search, rather than one trial: an error, or a journal or listener that fails. */
    private void throwFailure() {
        Throwable first = failure.get();
        if (first != null) {
            Throwables.throwIfUnchecked(first);
        }
    }

    @Override
    public void close() {
        jobs.shutdownNow();
        try {
            jobs.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        idle.forEach(Measurer::close);
    }
}
