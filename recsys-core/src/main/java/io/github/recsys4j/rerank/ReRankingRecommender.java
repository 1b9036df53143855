package io.github.recsys4j.rerank;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.retrieval.RankedItems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Gives any recommender the {@link ReRanking} of requests: asks it for more than {@code k} and takes the steps over
 * what it found. Closing it closes the recommender.
 *
 * <p>Thread-safety: safe for many threads.
 */
public final class ReRankingRecommender implements Recommender {
    private final Recommender recommender;
    private final ItemKnowledge knowledge;

    /**
     * Puts re-ranking around a recommender.
     *
     * @param recommender who finds; a recommender that takes the steps itself must not be wrapped again
     * @param knowledge of at least the items that it recommends
     */
    public ReRankingRecommender(Recommender recommender, ItemKnowledge knowledge) {
        this.recommender = recommender;
        this.knowledge = knowledge;
    }

    @Override
    public String name() {
        return recommender.name();
    }

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        return reRanked(request, recommender.recommend(wider(request)));
    }

    @Override
    public List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        List<RecommendationResult> found = recommender.recommend(
                requests.stream().map(ReRankingRecommender::wider).toList());
        List<RecommendationResult> results = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            results.add(reRanked(requests.get(i), found.get(i)));
        }
        return results;
    }

    private static RecommendationRequest wider(RecommendationRequest request) {
        return request.toBuilder()
                .k(request.reRanking().fetch(request.k()))
                .reRanking(ReRanking.none())
                .build();
    }

    private RecommendationResult reRanked(RecommendationRequest request, RecommendationResult found) {
        if (request.reRanking().equals(ReRanking.none())) {
            return found;
        }
        Candidates candidates = Candidates.of(ranked(found.recommendations()), knowledge);
        boolean byModel = found.source() == Source.MODEL;
        return found.with(
                request.reRanking().apply(candidates, request.k(), byModel).recommendations(), found.source());
    }

    private RankedItems ranked(List<Recommendation> found) {
        int[] items = new int[found.size()];
        float[] scores = new float[items.length];
        for (int place = 0; place < items.length; place++) {
            String id = found.get(place).itemId();
            items[place] = knowledge.items().indexOf(id);
            checkState(
                    items[place] != Vocabulary.UNKNOWN,
                    "recommender %s recommended item \"%s\", of which nothing is known: give knowledge of all its items",
                    name(),
                    id);
            scores[place] = found.get(place).score();
        }
        return RankedItems.of(items, scores);
    }

    @Override
    public Optional<BatchScorer> batchScorer() {
        return recommender.batchScorer();
    }

    @Override
    public Optional<Predicate<String>> matching(ItemPredicate condition) {
        return recommender.matching(condition);
    }

    @Override
    public void close() {
        recommender.close();
    }
}
