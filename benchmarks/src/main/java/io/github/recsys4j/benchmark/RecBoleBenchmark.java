package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.data.DataFormat;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.BprMf;
import io.github.recsys4j.eval.baseline.Ease;
import io.github.recsys4j.eval.baseline.Ials;
import io.github.recsys4j.eval.baseline.ItemKnn;
import io.github.recsys4j.eval.baseline.Popularity;
import io.github.recsys4j.eval.baseline.Slim;
import io.github.recsys4j.eval.baseline.UserKnn;
import io.github.recsys4j.eval.metric.HitRate;
import io.github.recsys4j.eval.metric.MeanReciprocalRank;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Ndcg;
import io.github.recsys4j.eval.metric.Precision;
import io.github.recsys4j.eval.metric.Recall;
import io.github.recsys4j.prepare.ActivityFilter;
import io.github.recsys4j.split.Split;
import io.github.recsys4j.split.StratifiedSplit;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * RecBole's protocol for general models on MovieLens-1M, beside its published table: iterated 10-core, a random tenth
 * of each user's items for validation and one for test, full ranking, training and validation items filtered, scores
 * from training items alone.
 *
 * <pre>java -Xmx3g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.RecBoleBenchmark PAIRS</pre>
 *
 * <p>PAIRS is SASRec's {@code ml-1m.txt}. It has no ratings, so the published filter (rating 3 and above) cannot be
 * applied: 999,611 interactions stay where the published data has about 836,000. The two columns are the same
 * computation on different data, and our split has our seed.
 */
final class RecBoleBenchmark {
    private static final String COMMAND =
            "java -Xmx3g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.RecBoleBenchmark PAIRS";
    private static final long SEED = 2020;
    private static final List<Metric> METRICS =
            List.of(new Ndcg(10), new Recall(10), new MeanReciprocalRank(10), new HitRate(10), new Precision(10));
    private static final List<String> NAMES = List.of("NDCG@10", "Recall@10", "MRR@10", "HitRate@10", "Precision@10");

    /** Published, in the order of {@link #NAMES}, with the published settings where a model has them. */
    private static final Map<Baseline, List<Double>> PUBLISHED = ImmutableMap.of(
            new Popularity(), List.of(.1006, .0699, .1890, .4572, .0866),
            new ItemKnn(250, 1.2), List.of(.2389, .1723, .4254, .7139, .1752),
            new Ease(1000), List.of(.2865, .2139, .4808, .7837, .2082),
            new Slim(0.2, 0.005, true, 1e-4), List.of(.2782, .2035, .4781, .7638, .2015),
            new BprMf(64, 0.05, 0.01, 30, 100, SEED), List.of(.2407, .1725, .4221, .7131, .1802));

    private static final List<Baseline> OTHERS =
            List.of(new Ease(500), new UserKnn(100, 0), new Ials(64, 10, 1, 15, SEED));

    private final Split split;
    private final Evaluator evaluator = Evaluator.builder().metrics(METRICS).build();
    private final BenchmarkReport report;

    private RecBoleBenchmark(Path pairs) {
        Dataset all = Dataset.builder().interactions(pairs, DataFormat.PAIRS).build();
        Dataset core = ActivityFilter.kCore(10).apply(all).dataset();
        split = new StratifiedSplit(SEED).split(core);
        report = new BenchmarkReport(
                "recbole-general-ml-1m", COMMAND, Runtime.getRuntime().availableProcessors());
        report.settings()
                .put("interactions", core.interactions().size())
                .put("users", core.users().size())
                .put("items", core.items().size())
                .put("split", split.report().protocol())
                .put("difference", "no ratings in the pairs: the published filter rating >= 3 is not applied");
    }

    /**
     * Trains, measures and writes {@code benchmarks/results/recbole-general-ml-1m.json}.
     *
     * @param arguments PAIRS
     */
    public static void main(String[] arguments) {
        RecBoleBenchmark benchmark = new RecBoleBenchmark(Path.of(arguments[0]));
        PUBLISHED.keySet().forEach(benchmark::measure);
        OTHERS.forEach(benchmark::measure);
        System.out.println("written to " + benchmark.report.write(Path.of("benchmarks/results")));
    }

    private void measure(Baseline baseline) {
        try (Recommender recommender = new FromTraining(baseline.train(split.train()))) {
            EvaluationReport result = evaluator.evaluate(recommender, split.test());
            double[] ndcg = {result.metric("NDCG@10")};
            ObjectNode node = report.add(baseline.toString(), "NDCG@10", ndcg)
                    .put("cases", split.test().size());
            for (String name : NAMES) {
                node.put(name, BaselinesBenchmark.rounded(result.metric(name)));
            }
            List<Double> published = PUBLISHED.getOrDefault(baseline, List.of());
            for (int i = 0; i < published.size(); i++) {
                node.put("published " + NAMES.get(i), published.get(i));
            }
            System.out.println(baseline + " " + node);
        }
    }

    /** Asks for the user alone, whose training items then decide, and filters what the case has seen. */
    private record FromTraining(Recommender trained) implements Recommender {
        @Override
        public String name() {
            return trained.name();
        }

        @Override
        public RecommendationResult recommend(RecommendationRequest request) {
            return trained.recommend(
                    RecommendationRequest.forUser(request.userId().orElseThrow())
                            .seen(new HashSet<>(request.history().orElseThrow()))
                            .k(request.k())
                            .build());
        }

        @Override
        public void close() {
            trained.close();
        }
    }
}
