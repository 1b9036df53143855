package io.github.recsys4j.serve;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.github.recsys4j.HistoryException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a history store without letting it hold a request up: a store that may block is asked on a thread of its own and
 * given up on after the time limit. Threads that hang in the store are bounded; when all do, it is given up on at once.
 *
 * <p>Thread-safety: safe for many threads.
 */
final class HistoryLookup implements AutoCloseable {
    private static final int MOST_WAITING = 64;
    private static final long IDLE_SECONDS = 30;

    private final HistoryStore store;
    private final Duration limit;
    private final ExecutorService threads;
    private volatile Optional<String> trouble = Optional.empty();

    HistoryLookup(HistoryStore store, Duration limit) {
        this.store = store;
        this.limit = limit;
        threads = new ThreadPoolExecutor(
                0,
                MOST_WAITING,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                new ThreadFactoryBuilder()
                        .setDaemon(true)
                        .setNameFormat("recsys-history-%d")
                        .build());
    }

    /** A history, or why there is none. */
    record Found(List<String> items, Optional<String> failure) {}

    Found find(String userId) {
        try {
            List<Interaction> history = inTime(() -> store.find(userId));
            trouble = Optional.empty();
            return new Found(history.stream().map(Interaction::itemId).toList(), Optional.empty());
        } catch (HistoryException | IllegalArgumentException e) {
            String failure = "history of user \"" + userId + "\" " + e.getMessage();
            trouble = Optional.of(failure);
            return new Found(List.of(), Optional.of(failure));
        }
    }

    void append(Interaction interaction) {
        try {
            inTime(() -> {
                store.append(interaction);
                return interaction;
            });
        } catch (HistoryException e) {
            throw new HistoryException(
                    "interaction of user \"" + interaction.userId() + "\" with item \"" + interaction.itemId() + "\" "
                            + e.getMessage() + ". It may be kept or not: record it again",
                    e);
        }
    }

    /** What is wrong at the moment, by the last look-up. */
    Optional<String> trouble() {
        return trouble;
    }

    private <T> T inTime(Callable<T> call) {
        if (!store.mayBlock()) {
            return inPlace(call);
        }
        Future<T> answer;
        try {
            answer = threads.submit(call);
        } catch (RejectedExecutionException e) {
            throw new HistoryException(
                    "was not asked for: all " + MOST_WAITING + " calls that may wait for the store do", e);
        }
        return await(answer);
    }

    private static <T> T inPlace(Callable<T> call) {
        try {
            return call.call();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (Exception e) {
            throw new HistoryException("could not be had: " + e, e);
        }
    }

    private <T> T await(Future<T> answer) {
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HistoryException("was not there after " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new HistoryException("was not waited for: the thread was interrupted", e);
        } catch (ExecutionException e) {
            throw new HistoryException("could not be had: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
