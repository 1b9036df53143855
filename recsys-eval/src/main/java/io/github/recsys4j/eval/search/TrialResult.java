package io.github.recsys4j.eval.search;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;

/**
 * What came of a trial.
 *
 * @param trial what was asked
 * @param score what it reached, higher is better, finite; empty if it failed
 * @param error why it failed, in words; empty if it did not
 * @param seconds how long it took
 */
public record TrialResult(Trial trial, OptionalDouble score, String error, double seconds) {

    /**
     * Checks that there is a score or an error.
     *
     * @param trial what was asked
     * @param score what it reached
     * @param error why it failed
     * @param seconds how long it took
     * @throws IllegalArgumentException if there are both or neither
     */
    public TrialResult {
        checkArgument(
                score.isPresent() == error.isEmpty(),
                "result of a trial must have either a score or an error, got %s and \"%s\"",
                score,
                error);
    }

    static TrialResult of(Trial trial, double score, double seconds) {
        return Double.isFinite(score)
                ? new TrialResult(trial, OptionalDouble.of(score), "", seconds)
                : failed(trial, "score must be a finite number, got " + score, seconds);
    }

    static TrialResult failed(Trial trial, String error, double seconds) {
        return new TrialResult(trial, OptionalDouble.empty(), error.isBlank() ? "no reason given" : error, seconds);
    }

    /** {@return the score, or minus infinity if the trial failed} */
    double rank() {
        return score.orElse(Double.NEGATIVE_INFINITY);
    }
}
