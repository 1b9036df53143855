package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;

/**
 * Maximal marginal relevance: picks one item after the other, each time the one with the largest
 * {@code (1 - diversity) * relevance - diversity * max(0, max cosine(item, picked))}.
 *
 * <p>Relevance is the score brought to {@code [0, 1]} over the candidates, the cosine is that of the item vectors, so
 * that both have one scale; to point the opposite way counts no more than to have nothing in common. What an item was
 * picked with is its new score: it never rises, because the second term only grows. Equal values go to the better place.
 *
 * <p>Costs {@code k * candidates * dim} multiplications. Source: Carbonell and Goldstein, The Use of MMR,
 * Diversity-Based Reranking for Reordering Documents and Producing Summaries, SIGIR 1998, doi 10.1145/290941.291025,
 * whose lambda is {@code 1 - diversity}.
 *
 * <p>Thread-safety: immutable.
 *
 * @param diversity from 0 (relevance alone) to 1 (after the best item, difference alone)
 */
public record Mmr(double diversity) implements ReRanker {

    /**
     * Checks the share.
     *
     * @param diversity from 0 to 1
     * @throws IllegalArgumentException if it is not
     */
    public Mmr {
        checkArgument(diversity >= 0 && diversity <= 1, "diversity must be from 0 to 1, got %s", diversity);
    }

    @Override
    public Candidates rerank(Candidates candidates, int k) {
        checkArgument(
                candidates.knowledge().dim() > 0,
                "diversity needs item vectors, and this recommender has none: leave diversity at 0");
        return new Selection(candidates).pick(Math.min(k, candidates.size()));
    }

    /** The state of one request. */
    private final class Selection {
        private final Candidates candidates;
        private final float[][] units;
        private final double[] relevance;
        private final double[] nearest;
        private final boolean[] picked;

        Selection(Candidates candidates) {
            this.candidates = candidates;
            int size = candidates.size();
            units = new float[size][];
            relevance = new double[size];
            nearest = new double[size];
            picked = new boolean[size];
            for (int place = 0; place < size; place++) {
                units[place] = unit(candidates, place);
                relevance[place] = candidates.score(place);
            }
            Scale.toUnit(relevance);
        }

        Candidates pick(int count) {
            int[] places = new int[count];
            float[] values = new float[candidates.size()];
            for (int i = 0; i < count; i++) {
                int best = best();
                places[i] = best;
                values[best] = (float) value(best);
                picked[best] = true;
                approach(best);
            }
            return candidates.listed(places, place -> values[place]);
        }

        private int best() {
            int best = -1;
            for (int place = 0; place < picked.length; place++) {
                if (!picked[place] && (best < 0 || value(place) > value(best))) {
                    best = place;
                }
            }
            return best;
        }

        private double value(int place) {
            return (1 - diversity) * relevance[place] - diversity * nearest[place];
        }

        private void approach(int last) {
            for (int place = 0; place < picked.length; place++) {
                nearest[place] = Math.max(nearest[place], dot(units[place], units[last]));
            }
        }
    }

    /** A vector of length 1, or zeros for zeros. */
    private static float[] unit(Candidates candidates, int place) {
        float[] vector = new float[candidates.knowledge().dim()];
        candidates.knowledge().vector(candidates.item(place), vector);
        double length = Math.sqrt(dot(vector, vector));
        if (length == 0) {
            Arrays.fill(vector, 0);
            return vector;
        }
        for (int d = 0; d < vector.length; d++) {
            vector[d] /= (float) length;
        }
        return vector;
    }

    private static double dot(float[] one, float[] other) {
        float sum = 0;
        for (int d = 0; d < one.length; d++) {
            sum += one[d] * other[d];
        }
        return sum;
    }
}
