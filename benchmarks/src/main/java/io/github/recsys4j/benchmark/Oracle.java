package io.github.recsys4j.benchmark;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Judges an answer by the plain definition: all products of the user's vector with the items' vectors, in Java, sorted.
 *
 * @param items the items it knows; others in an answer are passed over
 * @param scores by item
 */
record Oracle(Vocabulary items, List<Double> scores) {
    private static final double TOLERANCE = 1e-4;

    static Oracle of(BatchScorer scorer, RecommendationRequest request) {
        float[] user = scorer.userVectors(List.of(request));
        float[] vectors = scorer.itemVectors();
        int dim = scorer.dim();
        return new Oracle(
                scorer.items(),
                IntStream.range(0, scorer.items().size())
                        .mapToObj(item -> product(user, vectors, item * dim))
                        .toList());
    }

    private static double product(float[] user, float[] vectors, int from) {
        double sum = 0;
        for (int d = 0; d < user.length; d++) {
            sum += (double) user[d] * vectors[from + d];
        }
        return sum;
    }

    /** What is wrong with an answer, if anything: the known items in it must be the best ones that were not seen. */
    Optional<String> explain(List<Recommendation> answer, Collection<String> seen) {
        Set<String> never = new HashSet<>(seen);
        List<Recommendation> known =
                answer.stream().filter(found -> items.contains(found.itemId())).toList();
        double[] best = IntStream.range(0, items.size())
                .filter(item -> !never.contains(items.id(item)))
                .mapToDouble(item -> -scores.get(item))
                .sorted()
                .limit(known.size())
                .toArray();
        Set<String> before = new HashSet<>();
        for (int place = 0; place < known.size(); place++) {
            Recommendation found = known.get(place);
            double expected = -best[place];
            double own = scores.get(items.indexOf(found.itemId()));
            double allowed = TOLERANCE * Math.max(1, Math.abs(expected));
            if (never.contains(found.itemId()) || !before.add(found.itemId())) {
                return Optional.of("item " + found.itemId() + " was seen or stands twice in " + answer);
            }
            if (Math.abs(own - expected) > allowed || Math.abs(own - found.score()) > allowed) {
                return Optional.of("item " + found.itemId() + " has score " + found.score() + " and product " + own
                        + ", the best left is " + expected);
            }
        }
        return Optional.empty();
    }
}
