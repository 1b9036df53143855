package io.github.recsys4j.model.train;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Interactions;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.model.network.ParameterSet;
import io.github.recsys4j.model.network.SequenceNetwork;
import io.github.recsys4j.model.network.TowerOptions;
import io.github.recsys4j.model.network.TransformerTower;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A task whose answer is obvious: everybody walks around a ring of items, so the next one is the neighbour. */
final class SmallTask {
    static final int ITEMS = 12;
    private static final int USERS = 60;

    private SmallTask() {}

    static Dataset ring() {
        SplittableRandom random = new SplittableRandom(1);
        int[] offsets = new int[USERS + 1];
        List<Integer> items = new ArrayList<>();
        for (int user = 0; user < USERS; user++) {
            int first = random.nextInt(ITEMS);
            int length = 2 + random.nextInt(7);
            IntStream.range(0, length).forEach(i -> items.add((first + i) % ITEMS));
            offsets[user + 1] = items.size();
        }
        int[] column = items.stream().mapToInt(Integer::intValue).toArray();
        return Dataset.of(
                ids("user", USERS),
                ids("item", ITEMS),
                Interactions.ofSorted(offsets, column, Optional.empty(), Optional.empty()));
    }

    private static Vocabulary ids(String prefix, int count) {
        return Vocabulary.inOrder(
                IntStream.range(0, count).mapToObj(i -> prefix + i).toList());
    }

    static SequenceNetwork network(double dropout) {
        return new SequenceNetwork(
                ITEMS, true, new TransformerTower(TowerOptions.sasRec(8, 6).withDropout(dropout)));
    }

    static TrainingOptions.Builder options() {
        return TrainingOptions.builder()
                .batchSize(16)
                .microBatchPositions(30)
                .epochs(3)
                .threads(1)
                .optimizer(Optimizer.adam().withLearningRate(0.01));
    }

    /** The share of histories of two items whose best-scored item is the neighbour. */
    static Map<String, Double> measure(BatchScorer scorer) {
        List<RecommendationRequest> requests = IntStream.range(0, ITEMS)
                .mapToObj(item -> RecommendationRequest.forHistory(
                                scorer.items().idsOf(new int[] {(item + ITEMS - 1) % ITEMS, item}))
                        .build())
                .toList();
        float[] users = scorer.userVectors(requests);
        float[] items = scorer.itemVectors();
        long hits = IntStream.range(0, ITEMS)
                .filter(user -> best(users, user, items, scorer.dim()) == (user + 1) % ITEMS)
                .count();
        return Map.of("HitRate@1", (double) hits / ITEMS);
    }

    private static int best(float[] users, int user, float[] items, int dim) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int item = 0; item < ITEMS; item++) {
            double score = 0;
            for (int d = 0; d < dim; d++) {
                score += users[user * dim + d] * items[item * dim + d];
            }
            if (score > highest) {
                highest = score;
                best = item;
            }
        }
        return best;
    }

    static float[] flat(ParameterSet set) {
        float[] all = new float[(int) set.count()];
        int at = 0;
        for (String name : set.names()) {
            int size = set.spec(name).size();
            set.values(name).get(all, at, size);
            at += size;
        }
        return all;
    }
}
