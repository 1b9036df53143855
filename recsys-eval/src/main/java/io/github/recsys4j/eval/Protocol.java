package io.github.recsys4j.eval;

/**
 * What was ranked, for whom, and under which rules: two numbers compare only where all of this agrees.
 *
 * @param split how the cases were held out
 * @param candidates the items that were ranked
 * @param seen whether items of the history could be recommended
 * @param ties the order of equal scores
 * @param averaging how a number came from the cases
 * @param counts the sizes behind the numbers
 */
public record Protocol(String split, String candidates, String seen, String ties, String averaging, Counts counts) {

    /**
     * The sizes behind the numbers.
     *
     * @param cases evaluation cases, each with the same weight
     * @param users distinct users of the cases
     * @param usersSkipped users of the data set without a case, because nothing of theirs was held out
     * @param items items of the catalogue
     * @param targets held-out items to be found, distinct per case
     * @param targetsSeen held-out items that also stand in the case's history; where seen items are filtered
     *     nobody can find them
     */
    public record Counts(int cases, int users, int usersSkipped, int items, long targets, long targetsSeen) {}
}
