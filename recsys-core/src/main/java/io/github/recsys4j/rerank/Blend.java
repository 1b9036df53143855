package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Mixes an objective into the scores: {@code (1 - weight) * score + weight * objective}, both brought to {@code [0, 1]}
 * over the request's candidates by {@code (x - min) / (max - min)}; a column that is the same everywhere counts as 0.
 * Several blends one after the other mix several objectives.
 *
 * <p>Thread-safety: immutable.
 *
 * @param objective what to mix in
 * @param weight of the objective, from 0 (no change of order) to 1 (the objective alone)
 */
public record Blend(Objective objective, double weight) implements ReRanker {

    /**
     * Checks the weight.
     *
     * @param objective what to mix in
     * @param weight of the objective
     * @throws IllegalArgumentException if the weight is not from 0 to 1
     */
    public Blend {
        checkArgument(weight >= 0 && weight <= 1, "weight must be from 0 to 1, got %s", weight);
    }

    @Override
    public Candidates rerank(Candidates candidates, int k) {
        double[] scores = new double[candidates.size()];
        double[] values = new double[candidates.size()];
        for (int place = 0; place < scores.length; place++) {
            scores[place] = candidates.score(place);
            values[place] = objective.value(candidates, place);
        }
        Scale.toUnit(scores);
        Scale.toUnit(values);
        return candidates.rescored(place -> (float) ((1 - weight) * scores[place] + weight * values[place]));
    }
}
