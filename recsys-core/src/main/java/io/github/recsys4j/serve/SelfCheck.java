package io.github.recsys4j.serve;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Vocabulary;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Asks a recommender a few questions before it serves, and looks at the answers.
 *
 * <p>Each probe must be answered by the model itself (so a model of another catalogue fails, to which the probes'
 * histories are strange), with at least one item, at most {@code k}, distinct, none of them seen or excluded, best first.
 * Where scores are products of vectors, every score must equal the product of the vectors that the
 * {@link BatchScorer} gives, to {@code 1e-3} of the largest.
 *
 * <p>Thread-safety: immutable.
 */
public final class SelfCheck {
    private static final double TOLERANCE = 1e-3;

    private final List<RecommendationRequest> probes;

    private SelfCheck(List<RecommendationRequest> probes) {
        this.probes = probes;
    }

    /**
     * Checks by questions.
     *
     * @param probes requests with histories of items that every model of the application knows, at least one
     * @return the check
     * @throws IllegalArgumentException if there are none, or one has no history
     */
    public static SelfCheck of(List<RecommendationRequest> probes) {
        checkArgument(!probes.isEmpty(), "probes must not be empty: give a request that any good model can answer");
        probes.forEach(probe -> checkArgument(
                probe.history().isPresent(),
                "probes must bring their histories, got one of user %s without: a new model need not know the user",
                probe.userId().orElse("nobody")));
        return new SelfCheck(List.copyOf(probes));
    }

    /**
     * Checks by the histories of real users, which a model must answer as it will be asked.
     *
     * @param histories each with an item that every model of the application knows, at least one history
     * @param k how many items each asks for, at least 1
     * @return the check
     * @throws IllegalArgumentException if there are none, or {@code k} is below 1
     */
    public static SelfCheck ofHistories(Collection<List<String>> histories, int k) {
        return of(histories.stream()
                .map(history -> RecommendationRequest.forHistory(history).k(k).build())
                .toList());
    }

    /**
     * Asks all questions.
     *
     * @param recommender who is checked
     * @return the first thing that is wrong, or empty if nothing is
     */
    public Optional<String> problem(Recommender recommender) {
        for (int i = 0; i < probes.size(); i++) {
            Optional<String> problem = problem(recommender, probes.get(i));
            if (problem.isPresent()) {
                return Optional.of("probe " + (i + 1) + " of " + probes.size() + " " + problem.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> problem(Recommender recommender, RecommendationRequest probe) {
        try {
            RecommendationResult result = recommender.recommend(probe);
            return inAnswer(probe, result)
                    .or(() -> recommender
                            .batchScorer()
                            .filter(scorer -> probe.reRanking().fetch(probe.k()) == probe.k())
                            .flatMap(scorer -> inScores(probe, result, scorer)));
        } catch (RuntimeException e) {
            return Optional.of("failed with " + e);
        }
    }

    private static Optional<String> inAnswer(RecommendationRequest probe, RecommendationResult result) {
        List<Recommendation> answer = result.recommendations();
        if (result.source() != Source.MODEL) {
            return Optional.of("was answered by " + result.source() + " and not by the model, which knows none of the"
                    + " history " + probe.history().orElse(List.of()));
        }
        if (answer.isEmpty() || answer.size() > probe.k()) {
            return Optional.of("has " + answer.size() + " answers, expected 1 to " + probe.k());
        }
        for (int place = 0; place < answer.size(); place++) {
            String id = answer.get(place).itemId();
            boolean twice = answer.subList(0, place).stream()
                    .anyMatch(before -> before.itemId().equals(id));
            if (twice || isForbidden(probe, id)) {
                return Optional.of("recommends item \"" + id + "\", which "
                        + (twice ? "stands before it already" : "was seen or is excluded"));
            }
            if (place > 0 && answer.get(place).score() > answer.get(place - 1).score()) {
                return Optional.of("is not best first: " + answer);
            }
        }
        return Optional.empty();
    }

    private static boolean isForbidden(RecommendationRequest probe, String id) {
        boolean seen = probe.seenExcluded()
                && (probe.seen().isPresent()
                        ? probe.seen().get().contains(id)
                        : probe.history().orElse(List.of()).contains(id));
        return seen || probe.exclusions().contains(id);
    }

    private static Optional<String> inScores(
            RecommendationRequest probe, RecommendationResult result, BatchScorer scorer) {
        float[] user = scorer.userVectors(List.of(probe));
        float[] items = scorer.itemVectors();
        double scale = Math.max(1, Math.abs(result.recommendations().get(0).score()));
        for (Recommendation found : result.recommendations()) {
            int item = scorer.items().indexOf(found.itemId());
            if (item == Vocabulary.UNKNOWN) {
                return Optional.of("recommends item \"" + found.itemId() + "\", which is not in the catalogue");
            }
            double product = 0;
            for (int d = 0; d < user.length; d++) {
                product += user[d] * items[item * user.length + d];
            }
            if (!(Math.abs(product - found.score()) <= TOLERANCE * scale)) {
                return Optional.of("scores item \"" + found.itemId() + "\" with " + found.score()
                        + ", its vectors' product is " + product);
            }
        }
        return Optional.empty();
    }
}
