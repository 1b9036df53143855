package io.github.recsys4j.eval;

import io.github.recsys4j.ProgressListener;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.eval.metric.Standing;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/**
 * What every recommender under comparison is asked.
 *
 * @param k how many recommendations the metrics with a cut-off look at
 * @param whole whether a metric looks at the ranks of the targets among all candidates
 */
record Task(HeldOut cases, CandidateSet candidates, int k, boolean whole, boolean seenExcluded, Run run) {

    /** How the work is done, which changes no number. */
    record Run(int threads, ProgressListener listener) {}

    RecommendationRequest request(int index) {
        RecommendationRequest.Builder request = cases.request(index).k(asked());
        candidates
                .of(cases, index)
                .ifPresent(items -> request.candidates(cases.items().idsOf(items)));
        return seenExcluded ? request.build() : request.includeSeen().build();
    }

    /** How many recommendations are asked for where no vectors say more. */
    int asked() {
        return whole ? Math.max(1, cases.items().size()) : k;
    }

    ItemFilter filter(int index) {
        ItemFilter all = candidates.of(cases, index).map(ItemFilter::only).orElse(ItemFilter.none());
        return seenExcluded ? all.andExcluding(cases.history(index)) : all;
    }

    /** The candidates of a case that may be recommended. */
    BitSet allowed(int index) {
        return filter(index).allowed(cases.items().size());
    }

    int[] targets(int index) {
        return Arrays.stream(cases.targets(index)).distinct().toArray();
    }

    /** The distinct targets that may be recommended. */
    private int[] findable(int index, BitSet allowed) {
        return Arrays.stream(targets(index)).filter(allowed::get).toArray();
    }

    /** How many cases have chosen candidates that are all relevant, so that every order of them is right. */
    int numWithoutCompetitor() {
        return (int) cases.cases()
                .filter(index -> candidates.of(cases, index).isPresent() && !hasCompetitor(index))
                .count();
    }

    private boolean hasCompetitor(int index) {
        BitSet others = allowed(index);
        Arrays.stream(cases.targets(index)).forEach(others::clear);
        return !others.isEmpty();
    }

    /** What competes, in words. */
    String competing() {
        int trivial = numWithoutCompetitor();
        String description = candidates.description(cases.items().size());
        return trivial == 0
                ? description
                : description + "; in " + trivial + " of " + cases.size()
                        + " cases all of them are relevant, so that any order scores best";
    }

    /** Reads the targets' ranks off a list of all candidates, or of those that the recommender gave. */
    Optional<Standing> standing(int index, int[] ranked) {
        if (!whole) {
            return Optional.empty();
        }
        BitSet allowed = allowed(index);
        return Optional.of(Standing.of(ranked, findable(index, allowed), allowed.cardinality()));
    }

    String userId(int index) {
        return cases.users().id(cases.user(index));
    }
}
