package io.github.recsys4j.retrieval;

import static com.google.common.base.Preconditions.checkState;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** From opening to closing: work goes on side by side, and closing waits for what is under way. Thread-safe. */
final class Lifetime {
    private final String what;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean ended;

    /** Takes what is opened and closed, for messages. */
    Lifetime(String what) {
        this.what = what;
    }

    /** Does what needs it open. */
    <T> T during(Supplier<T> work) {
        lock.readLock().lock();
        try {
            checkState(!ended, "%s is closed: open another one before asking", what);
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Ends it, once. */
    void end(Runnable release) {
        lock.writeLock().lock();
        try {
            if (!ended) {
                ended = true;
                release.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
