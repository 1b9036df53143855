package io.github.recsys4j.model;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.rerank.Candidates;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.serve.ServingMetrics;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers requests on one state of the catalogue. */
record Answers(Served now, UserHistories histories, Optional<PairRanker> ranker, ServingMetrics metrics) {

    RecommendationResult recommend(RecommendationRequest request) {
        Laps laps = new Laps(metrics);
        KnownHistory history = KnownHistory.of(request, histories, now.items());
        ItemFilter filter = now.filter(history, request);
        laps.history(request);
        if (history.isEmpty()) {
            return popular(request, history);
        }
        float[] user = now.encoder().encode(now.past(history, request));
        laps.lap(Stage.TOWER);
        int fetch = request.reRanking().fetch(request.k());
        RankedItems ranked = ranker.map(pairs -> pairs.topK(user, now.artifact().itemVectors(), fetch, filter))
                .orElseGet(() -> now.index().topK(user, fetch, filter));
        laps.lap(Stage.SEARCH);
        RecommendationResult answer = answer(history, ranked, request);
        laps.lap(Stage.RERANK);
        return answer;
    }

    List<RecommendationResult> recommend(List<RecommendationRequest> requests) {
        if (ranker.isPresent()) {
            return requests.stream().map(this::recommend).toList();
        }
        Laps laps = new Laps(metrics);
        List<KnownHistory> known = resolve(requests);
        requests.stream().limit(1).forEach(laps::history);
        int[] rows = IntStream.range(0, requests.size())
                .filter(row -> !known.get(row).isEmpty())
                .toArray();
        List<RankedItems> ranked = rank(requests, known, rows, laps);
        List<RecommendationResult> results = new ArrayList<>();
        int next = 0;
        for (int row = 0; row < requests.size(); row++) {
            KnownHistory history = known.get(row);
            RecommendationRequest request = requests.get(row);
            results.add(history.isEmpty() ? popular(request, history) : answer(history, ranked.get(next++), request));
        }
        laps.lap(Stage.RERANK);
        return results;
    }

    private List<KnownHistory> resolve(List<RecommendationRequest> requests) {
        return requests.stream()
                .map(request -> KnownHistory.of(request, histories, now.items()))
                .toList();
    }

    private List<RankedItems> rank(
            List<RecommendationRequest> requests, List<KnownHistory> known, int[] rows, Laps laps) {
        if (rows.length == 0) {
            return List.of();
        }
        float[] users = now.encoder()
                .encode(IntStream.of(rows)
                        .mapToObj(row -> now.past(known.get(row), requests.get(row)))
                        .toList());
        laps.lap(Stage.TOWER);
        int fetch = IntStream.of(rows)
                .map(row ->
                        requests.get(row).reRanking().fetch(requests.get(row).k()))
                .max()
                .orElseThrow();
        List<RankedItems> ranked = now.index()
                .topKBatch(users, fetch, query -> now.filter(known.get(rows[query]), requests.get(rows[query])));
        laps.lap(Stage.SEARCH);
        return ranked;
    }

    private RecommendationResult popular(RecommendationRequest request, KnownHistory history) {
        int fetch = request.reRanking().fetch(request.k());
        RankedItems ranked = now.popular().topK(fetch, now.filter(history, request));
        return explained(
                history,
                request,
                new RecommendationResult(reRanked(ranked, request, false), Source.POPULARITY, history.unknown()));
    }

    private RecommendationResult answer(KnownHistory history, RankedItems ranked, RecommendationRequest request) {
        return explained(
                history,
                request,
                new RecommendationResult(reRanked(ranked, request, true), Source.MODEL, history.unknown()));
    }

    private RecommendationResult explained(
            KnownHistory history, RecommendationRequest request, RecommendationResult answer) {
        if (!request.isExplained()) {
            return answer;
        }
        List<String> items =
                answer.recommendations().stream().map(Recommendation::itemId).toList();
        Explainer explainer = new Explainer(now.artifact(), now.encoder(), ranker);
        return answer.withExplanations(explainer.explain(now.past(history, request), items));
    }

    private List<Recommendation> reRanked(RankedItems ranked, RecommendationRequest request, boolean byModel) {
        Candidates found =
                Candidates.of(ranked, now.knowledge()).limit(request.reRanking().fetch(request.k()));
        return request.reRanking().apply(found, request.k(), byModel).recommendations();
    }
}
