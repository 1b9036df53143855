package io.github.recsys4j.eval.report;

import io.github.recsys4j.eval.Confidence;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Figure;
import io.github.recsys4j.eval.ModelResult;
import io.github.recsys4j.eval.PerCase;
import io.github.recsys4j.eval.Protocol;
import io.github.recsys4j.eval.metric.Direction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Reports of made-up models on made-up users. */
final class SampleReports {
    static final Protocol PROTOCOL = new Protocol(
            "leave-one-out, test cases",
            "all items",
            "seen items filtered",
            "to the lower item index",
            "mean over cases",
            new Protocol.Counts(300, 300, 2, 500, 300, 0));
    private static final int CASES = 300;
    private static final List<Integer> CUTOFFS = List.of(1, 5, 10, 20);

    private SampleReports() {}

    /** Models of which each is worse than the one before it by a share {@code gap} of hits. */
    static EvaluationReport of(int models, double gap) {
        Map<String, String> definitions = new LinkedHashMap<>();
        CUTOFFS.forEach(k -> definitions.put("NDCG@" + k, "a formula of " + k));
        definitions.put("Popularity@10", "mean training interactions");
        List<EvaluationReport> reports = IntStream.range(0, models)
                .mapToObj(i -> new EvaluationReport(PROTOCOL, definitions, List.of(model(i, gap))))
                .toList();
        return EvaluationReport.join(reports, Confidence.standard());
    }

    private static ModelResult model(int index, double gap) {
        Map<String, double[]> values = new LinkedHashMap<>();
        for (int k : CUTOFFS) {
            values.put("NDCG@" + k, values(index, gap, k));
        }
        Map<String, Figure> figures = new LinkedHashMap<>();
        values.forEach((label, each) -> figures.put(
                label, Figure.of(DoubleStream.of(each).average().orElseThrow(), Direction.HIGHER_IS_BETTER)));
        figures.put("Popularity@10", Figure.of(100 + 40 * index % 170, Direction.NEUTRAL));
        List<String> users = IntStream.range(0, CASES).mapToObj(i -> "u" + i).toList();
        return new ModelResult("model-" + index, figures, 0, Optional.of(new PerCase(users, values)));
    }

    /** The held-out item stands at a random rank, further down the worse the model is. */
    private static double[] values(int index, double gap, int k) {
        SplittableRandom random = new SplittableRandom(index);
        return IntStream.range(0, CASES)
                .mapToDouble(i -> 1 + Math.floor(Math.exp(random.nextDouble() * (4 + 8 * gap * index))))
                .map(rank -> rank <= k ? Math.log(2) / Math.log(rank + 1) : 0)
                .toArray();
    }
}
