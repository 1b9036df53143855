package io.github.recsys4j.serve;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult.Source;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who answers where the model knows nothing of a user. Implementations are safe for many threads.
 */
public interface Fallback {

    /** {@return what its answers are marked with} */
    Source source();

    /**
     * Ranks items.
     *
     * @param request of somebody of whom the model knows nothing
     * @param k how many at most, at least 1
     * @param allowed which items may be returned: candidates, less what is excluded and seen
     * @return best first; empty to leave the answer to the next fallback
     */
    List<Recommendation> best(RecommendationRequest request, int k, Predicate<String> allowed);

    /**
     * {@return what most users chose}
     *
     * @param activity who counts
     */
    static Fallback popular(ItemActivity activity) {
        return of(Source.POPULARITY, (request, k, allowed) -> activity.popular(k, allowed));
    }

    /**
     * {@return what many users chose of late}
     *
     * @param activity who counts
     */
    static Fallback trending(ItemActivity activity) {
        return of(Source.TRENDING, (request, k, allowed) -> activity.trending(k, allowed));
    }

    /**
     * {@return what somebody chose last}
     *
     * @param activity who counts
     */
    static Fallback recent(ItemActivity activity) {
        return of(Source.RECENT, (request, k, allowed) -> activity.recent(k, allowed));
    }

    /**
     * Ranks what most users chose in the categories that the user likes.
     *
     * @param activity who counts
     * @param categories of the items
     * @param liked the categories of whoever asks; empty to leave the answer to the next fallback
     * @return the fallback
     */
    static Fallback inCategories(
            ItemActivity activity, ItemCategories categories, Function<RecommendationRequest, Set<String>> liked) {
        return of(Source.CATEGORY, (request, k, allowed) -> {
            Set<String> wanted = liked.apply(request);
            Predicate<String> inOne = id -> categories.of(id).stream().anyMatch(wanted::contains);
            return wanted.isEmpty() ? List.of() : activity.popular(k, inOne.and(allowed));
        });
    }

    /** How a fallback ranks. */
    @FunctionalInterface
    interface Ranking {
        /**
         * Ranks items.
         *
         * @param request of somebody of whom the model knows nothing
         * @param k how many at most
         * @param allowed which items may be returned
         * @return best first
         */
        List<Recommendation> best(RecommendationRequest request, int k, Predicate<String> allowed);
    }

    /**
     * Makes a fallback of a function.
     *
     * @param source what its answers are marked with
     * @param ranking safe for many threads
     * @return the fallback
     */
    static Fallback of(Source source, Ranking ranking) {
        return new Fallback() {
            @Override
            public Source source() {
                return source;
            }

            @Override
            public List<Recommendation> best(RecommendationRequest request, int k, Predicate<String> allowed) {
                return ranking.best(request, k, allowed);
            }
        };
    }
}
