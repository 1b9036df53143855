package io.github.recsys4j.data;

import io.github.recsys4j.DatasetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A few threads for one load. Nothing that runs here may depend on which thread takes which part. */
final class Parallel implements AutoCloseable {
    private static final long REPORT_MILLIS = 100;

    /** Work on one part. */
    @FunctionalInterface
    interface Part {
        void run(int worker, int part);
    }

    private final int threads;
    private final ExecutorService pool;

    Parallel(int threads) {
        this.threads = threads;
        AtomicInteger named = new AtomicInteger();
        pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "recsys-load-" + named.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    int threads() {
        return threads;
    }

    /** Runs all parts, each once. */
    void forEach(int parts, Part part) {
        AtomicInteger next = new AtomicInteger();
        onEachThread(
                worker -> {
                    for (int at = next.getAndIncrement(); at < parts; at = next.getAndIncrement()) {
                        part.run(worker, at);
                    }
                },
                () -> {});
    }

    /** Runs the task once on each thread, and meanwhile reports now and then from the caller's. */
    void onEachThread(IntConsumer task, Runnable report) {
        List<Future<?>> running = new ArrayList<>();
        for (int worker = 0; worker < threads; worker++) {
            int number = worker;
            running.add(pool.submit(() -> task.accept(number)));
        }
        running.forEach(future -> await(future, report));
        report.run();
    }

    private static void await(Future<?> future, Runnable report) {
        while (true) {
            try {
                future.get(REPORT_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                report.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new DatasetException("loading was interrupted", e);
            } catch (ExecutionException e) {
                throw rethrown(e);
            }
        }
    }

    private static RuntimeException rethrown(ExecutionException failed) {
        if (failed.getCause() instanceof Error error) {
            throw error;
        }
        return failed.getCause() instanceof RuntimeException runtime ? runtime : new IllegalStateException(failed);
    }

    /** Stops what still runs. */
    @Override
    public void close() {
        pool.shutdownNow();
    }
}
