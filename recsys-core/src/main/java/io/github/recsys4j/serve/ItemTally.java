package io.github.recsys4j.serve;

/** What happened to one item. Thread-safety: safe for many threads. */
final class ItemTally {
    private long count;
    private double decayed;
    private long last = Long.MIN_VALUE;

    /** Adds an event; {@code decayed} is the sum of {@code 2^-((last - t) / halfLife)} over the events' times t. */
    synchronized void add(long time, double halfLife) {
        if (count == 0) {
            last = time;
            decayed = 1;
        } else if (time >= last) {
            decayed = decayed * decay(time - last, halfLife) + 1;
            last = time;
        } else {
            decayed += decay(last - time, halfLife);
        }
        count++;
    }

    private static double decay(long age, double halfLife) {
        return Math.pow(2, -age / halfLife);
    }

    synchronized long count() {
        return count;
    }

    synchronized long last() {
        return last;
    }

    /** The decayed count at that time; events in the future of it weigh more than 1. */
    synchronized double trend(long now, double halfLife) {
        return decayed * decay(now - last, halfLife);
    }
}
