package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.stream.IntStream;

/**
 * Drops candidates below a score.
 *
 * <p>Thread-safety: immutable.
 *
 * @param score the lowest that is kept; a number, in the units of whatever scored before this step
 */
public record MinimumScore(float score) implements ReRanker {

    /**
     * Checks the score.
     *
     * @param score the lowest that is kept
     * @throws IllegalArgumentException if it is NaN
     */
    public MinimumScore {
        checkArgument(!Float.isNaN(score), "minimum score must be a number, got NaN");
    }

    @Override
    public Candidates rerank(Candidates candidates, int k) {
        return candidates.inOrder(IntStream.range(0, candidates.size())
                .filter(place -> candidates.score(place) >= score)
                .toArray());
    }
}
