package io.github.recsys4j.eval.baseline;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.base.Suppliers;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.rerank.Candidates;
import io.github.recsys4j.rerank.ItemKnowledge;
import io.github.recsys4j.retrieval.ItemAttributes;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.retrieval.TopK;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Ranks by a {@link HistoryScorer}, and by popularity where no item of the history is known.
 *
 * <p>Thread-safety: safe for many threads.
 */
final class HistoryRecommender implements Recommender {
    private final String name;
    private final Dataset train;
    private final int[] popularity;
    private final ItemKnowledge knowledge;
    private final Supplier<ItemAttributes> attributes;
    private final HistoryScorer scorer;
    private volatile boolean closed;

    HistoryRecommender(String name, Dataset train, HistoryScorer scorer) {
        this.name = name;
        this.train = train;
        this.scorer = scorer;
        popularity = train.interactions().itemCounts(train.items().size());
        long[] counts = Arrays.stream(popularity).asLongStream().toArray();
        knowledge = scorer.batchScorer(train.items(), request -> new int[0])
                .map(vectors -> ItemKnowledge.of(vectors, counts))
                .orElseGet(() -> ItemKnowledge.of(train.items(), counts));
        attributes = Suppliers.memoize(() -> ItemAttributes.of(train.itemTable()));
    }

    private void exclude(ItemPredicate condition, double[] scores) {
        BitSet allowed = attributes.get().filter(condition).allowed(scores.length);
        for (int item = allowed.nextClearBit(0); item < scores.length; item = allowed.nextClearBit(item + 1)) {
            scores[item] = TopK.NEVER;
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        checkState(!closed, "recommender \"%s\" is closed: train another one before asking", name);
        List<String> unknown = new ArrayList<>();
        int[] history = history(request, unknown);
        double[] scores = new double[train.items().size()];
        if (history.length > 0) {
            scorer.score(request.userId(), history, scores);
        } else {
            addPopularity(scores);
        }
        filter(request, history, scores);
        boolean byModel = history.length > 0;
        Candidates found = Candidates.of(best(request, scores), knowledge);
        return new RecommendationResult(
                request.reRanking().apply(found, request.k(), byModel).recommendations(),
                byModel ? Source.MODEL : Source.POPULARITY,
                unknown);
    }

    @Override
    public Optional<Predicate<String>> matching(ItemPredicate condition) {
        BitSet rows = attributes.get().filter(condition).allowed(train.items().size());
        return Optional.of(
                id -> train.items().contains(id) && rows.get(train.items().indexOf(id)));
    }

    @Override
    public Optional<BatchScorer> batchScorer() {
        return scorer.batchScorer(train.items(), request -> history(request, new ArrayList<>()));
    }

    private int[] history(RecommendationRequest request, List<String> unknown) {
        if (request.history().isEmpty()) {
            int user = request.userId().map(train.users()::indexOf).orElse(Vocabulary.UNKNOWN);
            return user == Vocabulary.UNKNOWN
                    ? new int[0]
                    : train.interactions().items(user);
        }
        List<String> ids = request.history().get();
        ids.stream().filter(id -> !train.items().contains(id)).forEach(unknown::add);
        return known(ids);
    }

    private int[] known(Collection<String> ids) {
        return ids.stream()
                .mapToInt(train.items()::indexOf)
                .filter(item -> item != Vocabulary.UNKNOWN)
                .toArray();
    }

    private void addPopularity(double[] scores) {
        for (int item = 0; item < scores.length; item++) {
            scores[item] = popularity[item];
        }
    }

    private void filter(RecommendationRequest request, int[] history, double[] scores) {
        if (request.seenExcluded()) {
            exclude(request.seen().map(this::known).orElse(history), scores);
        }
        exclude(known(request.exclusions()), scores);
        request.filter().ifPresent(condition -> exclude(condition, scores));
    }

    private static void exclude(int[] items, double[] scores) {
        for (int item : items) {
            scores[item] = TopK.NEVER;
        }
    }

    private RankedItems best(RecommendationRequest request, double[] scores) {
        TopK top = new TopK(Math.min(request.reRanking().fetch(request.k()), Math.max(1, scores.length)));
        Optional<int[]> candidates = request.candidates().map(this::known);
        if (candidates.isPresent()) {
            for (int item : candidates.get()) {
                top.offer(item, scores[item]);
            }
        } else {
            for (int item = 0; item < scores.length; item++) {
                top.offer(item, scores[item]);
            }
        }
        return top.drain();
    }

    @Override
    public List<String> history(String userId) {
        int user = train.users().indexOf(userId);
        return user == Vocabulary.UNKNOWN
                ? List.of()
                : train.items().idsOf(train.interactions().items(user));
    }

    @Override
    public void close() {
        closed = true;
    }
}
