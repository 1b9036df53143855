package io.github.recsys4j.model.encoder;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.EncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads that prepare the next batch while the network works on one. Whoever awaits a batch takes on what no thread has begun,
 * from the end, so that no core waits for another. The threads are daemons and end when they had nothing to do for a while.
 * Thread-safe.
 */
final class Preparation implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads;

    /** Reads one input; throws if it is broken. */
    @FunctionalInterface
    interface Step {
        void prepare(int position) throws BrokenContentException;
    }

    Preparation(int count) {
        threads = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "recsys-encoder-" + COUNT.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** Starts one step for each position of a range, and gives what waits for them. */
    List<FutureTask<?>> start(int from, int until, Step step) {
        checkState(!threads.isShutdown(), "the encoder is closed: load it again");
        List<FutureTask<?>> started = new ArrayList<>();
        for (int position = from; position < until; position++) {
            int index = position;
            FutureTask<?> task = new FutureTask<>(() -> run(index, step), null);
            threads.execute(task);
            started.add(task);
        }
        return started;
    }

    static void run(int position, Step step) {
        try {
            step.prepare(position);
        } catch (BrokenContentException e) {
            throw new EncodingException("Input " + position + " cannot be encoded: " + e.getMessage(), position, e);
        }
    }

    /** Does what is not begun, waits for the rest, and throws what the first of them threw. */
    static void await(List<FutureTask<?>> started) {
        for (int last = started.size() - 1; last >= 0; last--) {
            started.get(last).run();
        }
        try {
            for (FutureTask<?> task : started) {
                task.get();
            }
        } catch (ExecutionException e) {
            cancel(started);
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            if (e.getCause() instanceof Error problem) {
                throw problem;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            cancel(started);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while inputs were prepared", e);
        }
    }

    private static void cancel(List<FutureTask<?>> started) {
        for (FutureTask<?> task : started) {
            task.cancel(false);
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
