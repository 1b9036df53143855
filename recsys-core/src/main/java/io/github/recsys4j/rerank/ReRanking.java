package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.ArrayList;
import java.util.List;

/**
 * What a request wants done between finding and showing, in this order: a minimum score (of the model's own scores, so
 * only where the model ranked), novelty or popularity blended in, own steps, diversity last.
 *
 * <p>Re-ranking can only show what was found, so more is found than shown: {@code k * overFetch} items, at least
 * {@value #LEAST}. A larger factor lets the steps reach further down the model's ranking and costs time in proportion;
 * where nothing but a minimum score is set nothing is fetched beyond {@code k}.
 *
 * <p>Scores of an answer are those of the last step, not the model's.
 *
 * <p>Thread-safety: immutable, as the steps are.
 *
 * @param minimumScore the lowest model score shown; negative infinity for any
 * @param novelty weight of {@link Objective#novelty()}, from 0 to 1
 * @param popularity weight of {@link Objective#popularity()}, from 0 to 1; not together with novelty
 * @param diversity of {@link Mmr}, from 0 to 1
 * @param overFetch how many times {@code k} is looked at, at least 1
 * @param steps own steps, in their order
 */
public record ReRanking(
        float minimumScore, double novelty, double popularity, double diversity, int overFetch, List<ReRanker> steps) {
    /** How many times {@code k} is looked at unless the request says otherwise. */
    public static final int OVER_FETCH = 10;

    /** How many items are looked at at least where there is a step. */
    public static final int LEAST = 50;

    private static final ReRanking NONE = new ReRanking(Float.NEGATIVE_INFINITY, 0, 0, 0, OVER_FETCH, List.of());

    /**
     * Checks the settings and copies the steps.
     *
     * @param minimumScore the lowest model score shown
     * @param novelty from 0 to 1
     * @param popularity from 0 to 1
     * @param diversity from 0 to 1
     * @param overFetch at least 1
     * @param steps own steps
     * @throws IllegalArgumentException if a setting is out of its range
     */
    public ReRanking {
        checkArgument(!Float.isNaN(minimumScore), "minimum score must be a number, got NaN");
        checkArgument(novelty >= 0 && novelty <= 1, "novelty must be from 0 to 1, got %s", novelty);
        checkArgument(popularity >= 0 && popularity <= 1, "popularity must be from 0 to 1, got %s", popularity);
        checkArgument(
                novelty == 0 || popularity == 0,
                "novelty %s and popularity %s pull in opposite directions: set one of them",
                novelty,
                popularity);
        checkArgument(diversity >= 0 && diversity <= 1, "diversity must be from 0 to 1, got %s", diversity);
        checkArgument(overFetch >= 1, "overFetch must be at least 1, got %s", overFetch);
        steps = List.copyOf(steps);
    }

    /** {@return the settings that change nothing} */
    public static ReRanking none() {
        return NONE;
    }

    /**
     * {@return the same with another minimum score}
     *
     * @param score the lowest model score shown
     */
    public ReRanking withMinimumScore(float score) {
        return new ReRanking(score, novelty, popularity, diversity, overFetch, steps);
    }

    /**
     * {@return the same with another novelty}
     *
     * @param weight from 0 to 1
     */
    public ReRanking withNovelty(double weight) {
        return new ReRanking(minimumScore, weight, popularity, diversity, overFetch, steps);
    }

    /**
     * {@return the same with another popularity}
     *
     * @param weight from 0 to 1
     */
    public ReRanking withPopularity(double weight) {
        return new ReRanking(minimumScore, novelty, weight, diversity, overFetch, steps);
    }

    /**
     * {@return the same with another diversity}
     *
     * @param share from 0 to 1
     */
    public ReRanking withDiversity(double share) {
        return new ReRanking(minimumScore, novelty, popularity, share, overFetch, steps);
    }

    /**
     * {@return the same looking at more or fewer items}
     *
     * @param factor how many times {@code k}, at least 1
     */
    public ReRanking withOverFetch(int factor) {
        return new ReRanking(minimumScore, novelty, popularity, diversity, factor, steps);
    }

    /**
     * {@return the same with one more step}
     *
     * @param step done after those that are there
     */
    public ReRanking withStep(ReRanker step) {
        List<ReRanker> more = new ArrayList<>(steps);
        more.add(step);
        return new ReRanking(minimumScore, novelty, popularity, diversity, overFetch, more);
    }

    private boolean reorders() {
        return novelty > 0 || popularity > 0 || diversity > 0 || !steps.isEmpty();
    }

    /**
     * Says how many items to look at.
     *
     * @param k how many are shown, at least 1
     * @return {@code k}, or more where a step reorders
     */
    public int fetch(int k) {
        long wanted = Math.max(LEAST, (long) k * overFetch);
        return reorders() ? Math.max(k, (int) Math.min(Integer.MAX_VALUE, wanted)) : k;
    }

    /**
     * Takes all steps.
     *
     * @param found {@link #fetch} items or what there is of them
     * @param k how many are shown, at least 1
     * @param scoredByModel whether the scores are the model's, which the minimum score speaks of
     * @return at most {@code k} of them
     * @throws IllegalArgumentException if diversity is asked for and there are no item vectors
     */
    public Candidates apply(Candidates found, int k, boolean scoredByModel) {
        Candidates list = scoredByModel && minimumScore > Float.NEGATIVE_INFINITY
                ? new MinimumScore(minimumScore).rerank(found, k)
                : found;
        if (novelty > 0) {
            list = new Blend(Objective.novelty(), novelty).rerank(list, k);
        }
        if (popularity > 0) {
            list = new Blend(Objective.popularity(), popularity).rerank(list, k);
        }
        for (ReRanker step : steps) {
            list = step.rerank(list, k);
        }
        return (diversity > 0 ? new Mmr(diversity).rerank(list, k) : list).limit(k);
    }
}
