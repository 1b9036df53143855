package io.github.recsys4j.model;

import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.serve.ServingMetrics;
import io.github.recsys4j.serve.ServingMetrics.Stage;

/** Times the stages of one request, one after the other. Thread-safety: none; belongs to its request. */
final class Laps {
    private final ServingMetrics metrics;
    private long start = System.nanoTime();

    Laps(ServingMetrics metrics) {
        this.metrics = metrics;
    }

    /** Ends the look-up of a history, which is one only where the request did not bring it. */
    void history(RecommendationRequest request) {
        if (request.history().isEmpty()) {
            lap(Stage.HISTORY);
        }
        start = System.nanoTime();
    }

    /** Ends a stage; the next begins. */
    void lap(Stage stage) {
        long now = System.nanoTime();
        metrics.time(stage, now - start);
        start = now;
    }
}
