package io.github.recsys4j.rerank;

/**
 * One step of re-ranking: candidates with scores in, a list out.
 *
 * <p>A step may leave candidates out, order them anew and give them other scores; it must not bring in new ones.
 * Implementations are safe for many threads.
 *
 * <pre>{@code
 * ReRanker freshFirst = (candidates, k) -> candidates.rescored(place ->
 *         candidates.score(place) + (isFresh(candidates.id(place)) ? 0.1f : 0f));
 * }</pre>
 */
@FunctionalInterface
public interface ReRanker {

    /**
     * Takes the step.
     *
     * @param candidates best first, more than will be shown
     * @param k how many will be shown, at least 1; what is returned beyond them is cut off after the last step
     * @return some or all of the candidates, best first
     */
    Candidates rerank(Candidates candidates, int k);

    /**
     * Puts another step behind this one.
     *
     * @param next what is done with this step's list
     * @return both steps as one
     */
    default ReRanker then(ReRanker next) {
        return (candidates, k) -> next.rerank(rerank(candidates, k), k);
    }

    /** {@return the step that changes nothing} */
    static ReRanker none() {
        return (candidates, k) -> candidates;
    }
}
