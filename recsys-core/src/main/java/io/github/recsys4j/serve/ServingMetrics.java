package io.github.recsys4j.serve;

/**
 * Hears what serving does: how long each stage took, what happened, how large the index is. It is called on the
 * requests' own threads and must be quick and throw nothing.
 *
 * <p>{@link ServingStatistics} keeps the numbers in the process, {@link MicrometerMetrics} hands them on.
 * Implementations are safe for many threads.
 */
public interface ServingMetrics {

    /** A part of a request that is timed. */
    enum Stage {
        /** Looking up what the user did. */
        HISTORY,
        /** The user tower. */
        TOWER,
        /** Finding the best items. */
        SEARCH,
        /** Re-ranking. */
        RERANK,
        /** A whole request. */
        REQUEST
    }

    /** Something that is counted. */
    enum Event {
        /** A request was answered. */
        ANSWERED,
        /** It was answered by something else than the model. */
        FALLBACK,
        /** It was answered around a failure. */
        DEGRADED,
        /** A request failed with an exception. */
        FAILED,
        /** An interaction was recorded. */
        RECORDED,
        /** A history was found in a cache. */
        CACHE_HIT,
        /** A history was not in the cache. */
        CACHE_MISS,
        /** A model was put in place of another. */
        SWAPPED,
        /** A model failed its check and was not put in place. */
        SWAP_REFUSED,
        /** A model that was in place was taken back, because it failed there. */
        ROLLED_BACK
    }

    /**
     * Takes a time.
     *
     * @param stage what took it
     * @param nanos how long, at least 0
     */
    void time(Stage stage, long nanos);

    /**
     * Takes an event.
     *
     * @param event what happened once
     */
    void count(Event event);

    /**
     * Takes the size of the index, whenever it changes.
     *
     * @param items how many items are searched
     */
    void indexSize(long items);

    /** {@return metrics that listen to nothing} */
    static ServingMetrics none() {
        return Silent.INSTANCE;
    }
}
