package io.github.recsys4j.testing;

import static com.google.common.base.Preconditions.checkState;

import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.rerank.ItemKnowledge;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The recommender that knows the {@link Checkerboard}: after item {@code i} comes item {@code i + 2}, then {@code i + 4}.
 * It takes no re-ranking steps. Thread-safety: safe for many threads.
 */
public final class ToyRecommender implements Recommender {
    private final String name;
    private final Dataset dataset;
    private volatile boolean closed;

    /**
     * Makes one.
     *
     * @param name in reports and errors
     * @param dataset whose items to recommend and whose users to know
     */
    public ToyRecommender(String name, Dataset dataset) {
        this.name = name;
        this.dataset = dataset;
    }

    /** {@return the number of interactions of each item} */
    public ItemKnowledge knowledge() {
        return ItemKnowledge.of(
                dataset.items(), Arrays.stream(counts()).asLongStream().toArray());
    }

    private int[] counts() {
        return dataset.interactions().itemCounts(dataset.items().size());
    }

    /** {@return whether it was closed} */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RecommendationResult recommend(RecommendationRequest request) {
        checkState(!closed, "recommender %s is closed: make another one", name);
        List<String> history = request.history()
                .orElseGet(() -> request.userId().map(this::history).orElse(List.of()));
        List<String> unknown =
                history.stream().filter(id -> !dataset.items().contains(id)).toList();
        int[] items = history.stream()
                .mapToInt(dataset.items()::indexOf)
                .filter(i -> i >= 0)
                .toArray();
        Vocabulary ids = dataset.items();
        int[] counts = counts();
        List<Recommendation> best = IntStream.range(0, ids.size())
                .filter(item -> request.candidates()
                        .map(only -> only.contains(ids.id(item)))
                        .orElse(true))
                .filter(item -> !request.exclusions().contains(ids.id(item)))
                .filter(item -> !request.seenExcluded()
                        || !request.seen().map(List::copyOf).orElse(history).contains(ids.id(item)))
                .mapToObj(item -> new Recommendation(ids.id(item), score(items, item, counts)))
                .sorted(Comparator.comparingDouble(found -> -found.score()))
                .limit(request.k())
                .toList();
        return new RecommendationResult(best, items.length > 0 ? Source.MODEL : Source.POPULARITY, unknown);
    }

    @Override
    public List<String> history(String userId) {
        int user = dataset.users().indexOf(userId);
        return user == Vocabulary.UNKNOWN
                ? List.of()
                : dataset.items().idsOf(dataset.interactions().items(user));
    }

    private float score(int[] history, int item, int[] counts) {
        if (history.length == 0) {
            return counts[item];
        }
        int last = history[history.length - 1];
        int steps = Math.floorMod(item - last - 2, dataset.items().size());
        return item % 2 == last % 2 ? 100 - steps : -steps;
    }

    @Override
    public void close() {
        closed = true;
    }
}
