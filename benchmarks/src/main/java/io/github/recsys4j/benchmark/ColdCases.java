package io.github.recsys4j.benchmark;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.metric.Recall;
import io.github.recsys4j.split.HeldOut;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Recall@50 of cold items among two sets of candidates: the whole catalogue without the case's history, where they
 * compete with every warm item, and the cold items alone.
 */
final class ColdCases {
    private static final int K = 50;
    private static final String FULL = "full catalogue";
    private static final String COLD = "cold items only";

    private final HeldOut cases;
    private final int[] cold;
    private final HeldOut amongCold;
    private final Evaluator evaluator =
            Evaluator.builder().metrics(new Recall(K)).build();

    ColdCases(HeldOut cases, int[] cold) {
        this.cases = cases;
        this.cold = cold;
        Vocabulary items = Vocabulary.inOrder(cases.items().idsOf(cold));
        HeldOut.Builder among = HeldOut.builder(cases.users(), items);
        for (int index = 0; index < cases.size(); index++) {
            int[] targets = Arrays.stream(cases.targets(index))
                    .map(item -> items.indexOf(cases.items().id(item)))
                    .toArray();
            among.add(cases.user(index), new int[0], targets);
        }
        amongCold = among.build();
    }

    HeldOut cases() {
        return cases;
    }

    /** {@return what guessing finds in the mean, by candidates} */
    Map<String, Double> random() {
        double full = IntStream.range(0, cases.size())
                .mapToDouble(index -> (double) K
                        / (cases.items().size()
                                - Arrays.stream(cases.history(index)).distinct().count()))
                .average()
                .orElseThrow();
        return Map.of(FULL, full, COLD, (double) K / cold.length);
    }

    /** {@return Recall@50 by candidates} */
    Map<String, Double> recall(Recommender recommender) {
        BatchScorer scorer = recommender.batchScorer().orElseThrow();
        float[] users = scorer.userVectors(IntStream.range(0, cases.size())
                .mapToObj(index -> cases.request(index).build())
                .toList());
        return recall(recommender.name(), users, scorer.itemVectors());
    }

    /** {@return Recall@50 by candidates} */
    Map<String, Double> recall(String name, float[] users, float[] items) {
        int dim = users.length / cases.size();
        float[] ofCold = new float[cold.length * dim];
        for (int i = 0; i < cold.length; i++) {
            System.arraycopy(items, cold[i] * dim, ofCold, i * dim, dim);
        }
        String metric = new Recall(K).label();
        return Map.of(
                FULL,
                evaluator.evaluate(name, users, items, cases).metric(metric),
                COLD,
                evaluator.evaluate(name, users, ofCold, amongCold).metric(metric));
    }
}
