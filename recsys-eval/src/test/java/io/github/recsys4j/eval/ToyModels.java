package io.github.recsys4j.eval;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.RecommendationResult.Source;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Recommenders and cases for the tests of the evaluator. */
final class ToyModels {
    private ToyModels() {}

    static Vocabulary numbered(int count) {
        return Vocabulary.of(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    /** Random cases: histories of up to 12 items, sometimes none, and up to 3 targets, sometimes seen ones. */
    static HeldOut cases(long seed, int count, int items) {
        Random random = new Random(seed);
        HeldOut.Builder cases = HeldOut.builder(numbered(count + 3), numbered(items));
        for (int user = 0; user < count; user++) {
            int[] history = random.ints(random.nextInt(13), 0, items).toArray();
            cases.add(
                    user, history, random.ints(1 + random.nextInt(3), 0, items).toArray());
        }
        return cases.build();
    }

    /** A recommender that answers whatever a function says. */
    record Scripted(Function<RecommendationRequest, List<Recommendation>> script) implements Recommender {
        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public RecommendationResult recommend(RecommendationRequest request) {
            return RecommendationResult.of(script.apply(request));
        }
    }

    /**
     * Vectors of small whole numbers, so that scores are exact; a user vector is the sum of the history's item
     * vectors. What is known of nobody is answered by item 0 alone.
     */
    static final class Products implements Recommender, BatchScorer {
        static final int DIM = 6;
        private final Vocabulary items;
        private final float[] vectors;
        private final boolean offersVectors;

        Products(Vocabulary items, boolean offersVectors) {
            this.items = items;
            this.offersVectors = offersVectors;
            Random random = new Random(5);
            vectors = new float[items.size() * DIM];
            for (int i = 0; i < vectors.length; i++) {
                vectors[i] = random.nextInt(5) - 2;
            }
        }

        @Override
        public String name() {
            return "products";
        }

        @Override
        public Optional<BatchScorer> batchScorer() {
            return offersVectors ? Optional.of(this) : Optional.empty();
        }

        @Override
        public Vocabulary items() {
            return items;
        }

        @Override
        public int dim() {
            return DIM;
        }

        @Override
        public float[] itemVectors() {
            return vectors;
        }

        @Override
        public float[] userVectors(List<RecommendationRequest> requests) {
            float[] users = new float[requests.size() * DIM];
            for (int row = 0; row < requests.size(); row++) {
                for (String id : requests.get(row).history().orElseThrow()) {
                    for (int d = 0; d < DIM; d++) {
                        users[row * DIM + d] += vectors[items.indexOf(id) * DIM + d];
                    }
                }
            }
            return users;
        }

        @Override
        public RecommendationResult recommend(RecommendationRequest request) {
            float[] user = userVectors(List.of(request));
            if (Arrays.equals(user, new float[DIM])) {
                List<Recommendation> first =
                        allowed(request, 0) ? List.of(new Recommendation(items.id(0), 1)) : List.of();
                return new RecommendationResult(first, Source.POPULARITY, List.of());
            }
            return RecommendationResult.of(IntStream.range(0, items.size())
                    .filter(item -> allowed(request, item))
                    .mapToObj(item -> new Recommendation(items.id(item), score(user, item)))
                    .sorted(Comparator.comparingDouble(one -> -one.score()))
                    .limit(request.k())
                    .toList());
        }

        private boolean allowed(RecommendationRequest request, int item) {
            String id = items.id(item);
            boolean seen = request.history().orElseThrow().contains(id);
            return request.candidates().map(some -> some.contains(id)).orElse(true)
                    && !(seen && request.seenExcluded());
        }

        private float score(float[] user, int item) {
            float sum = 0;
            for (int d = 0; d < DIM; d++) {
                sum += user[d] * vectors[item * DIM + d];
            }
            return sum;
        }
    }
}
