package io.github.recsys4j.serve;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.recsys4j.Recommender;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A recommender and how many use it, its owner being one; the last of them closes it. Safe for many threads. */
final class HeldRecommender {
    private final Recommender recommender;
    private final AtomicInteger users = new AtomicInteger(1);
    private final CountDownLatch gone = new CountDownLatch(1);

    HeldRecommender(Recommender recommender) {
        this.recommender = recommender;
    }

    Recommender get() {
        return recommender;
    }

    /** Begins to use it, unless the last user has gone. */
    boolean enter() {
        for (int now = users.get(); now > 0; now = users.get()) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    void leave() {
        if (users.decrementAndGet() == 0) {
            try {
                recommender.close();
            } finally {
                gone.countDown();
            }
        }
    }

    void awaitClosed() {
        Uninterruptibles.awaitUninterruptibly(gone);
    }
}
