package io.github.recsys4j.retrieval;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds what an index searches by again in the background, once at a time. */
final class Rebuild {
    private static final Logger LOG = LoggerFactory.getLogger(Rebuild.class);

    private final Runnable work;
    private @Nullable Thread running;

    Rebuild(Runnable work) {
        this.work = work;
    }

    /** Begins, unless one is under way. */
    synchronized void start() {
        if (running == null || !running.isAlive()) {
            Thread thread = new Thread(this::run, "recsys-index-rebuild");
            thread.setDaemon(true);
            running = thread;
            thread.start();
        }
    }

    private void run() {
        try {
            work.run();
        } catch (RuntimeException | OutOfMemoryError e) {
            LOG.warn("The index could not be built again; it goes on with what it has", e);
        }
    }

    /** Waits until none is under way. */
    void await() {
        Thread thread;
        synchronized (this) {
            thread = running;
        }
        if (thread != null) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
