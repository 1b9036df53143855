package io.github.recsys4j.serve;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.serve.ServingMetrics.Event;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What is done with an answer before it goes out. Thread-safety: safe for many threads. */
final class Answering {
    private final List<Fallback> fallbacks;
    private final ServingMetrics metrics;

    Answering(List<Fallback> fallbacks, ServingMetrics metrics) {
        this.fallbacks = fallbacks;
        this.metrics = metrics;
    }

    /** The first fallback's answer that is not empty, of items that pass the request's filter, else what was found. */
    RecommendationResult fallback(RecommendationRequest request, RecommendationResult found, Predicate<String> passes) {
        Predicate<String> allowed = allowed(request).and(passes);
        for (Fallback fallback : fallbacks) {
            List<Recommendation> best = fallback.best(request, request.k(), allowed);
            if (!best.isEmpty()) {
                return found.with(best, fallback.source());
            }
        }
        return found;
    }

    private static Predicate<String> allowed(RecommendationRequest request) {
        Set<String> not = new HashSet<>(request.exclusions());
        if (request.seenExcluded()) {
            request.seen().ifPresentOrElse(not::addAll, () -> request.history().ifPresent(not::addAll));
        }
        Predicate<String> open = id -> !not.contains(id);
        return request.candidates().map(only -> open.and(only::contains)).orElse(open);
    }

    void count(RecommendationResult result) {
        metrics.count(Event.ANSWERED);
        if (result.source() != Source.MODEL) {
            metrics.count(Event.FALLBACK);
        }
        if (result.isDegraded()) {
            metrics.count(Event.DEGRADED);
        }
    }
}
