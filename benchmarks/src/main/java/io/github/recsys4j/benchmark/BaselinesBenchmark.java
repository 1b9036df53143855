package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.baseline.Baseline;
import io.github.recsys4j.eval.baseline.BprMf;
import io.github.recsys4j.eval.baseline.DecayedMarkov;
import io.github.recsys4j.eval.baseline.Ease;
import io.github.recsys4j.eval.baseline.Ials;
import io.github.recsys4j.eval.baseline.ItemKnn;
import io.github.recsys4j.eval.baseline.Markov;
import io.github.recsys4j.eval.baseline.Popularity;
import io.github.recsys4j.eval.baseline.RandomItems;
import io.github.recsys4j.eval.baseline.RecentPopularity;
import io.github.recsys4j.eval.baseline.Slim;
import io.github.recsys4j.eval.baseline.UserKnn;
import io.github.recsys4j.split.GsasrecFolder;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.util.List;

/**
 * Every baseline on MovieLens-1M in the gSASRec preparation: full ranking over 3,416 items, seen items filtered, ties
 * to the lower index. Of the few settings listed here for each, the one with the best NDCG@10 on the 512 validation
 * users is measured on all 6,040 test users.
 *
 * <pre>java -Xmx3g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.BaselinesBenchmark DATA</pre>
 *
 * <p>DATA is the folder with {@code train}, {@code val} and {@code test}.
 */
final class BaselinesBenchmark {
    private static final String COMMAND =
            "java -Xmx3g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.BaselinesBenchmark DATA";
    private static final long SEED = 42;

    private static final List<List<Baseline>> SETTINGS = List.of(
            List.of(new RandomItems(SEED)),
            List.of(new Popularity()),
            List.of(
                    new RecentPopularity(RecentPopularity.DEFAULT_WINDOW, 1),
                    RecentPopularity.defaults(),
                    new RecentPopularity(RecentPopularity.DEFAULT_WINDOW, 50)),
            List.of(new Markov()),
            List.of(new DecayedMarkov(0.3, 3), DecayedMarkov.defaults(), new DecayedMarkov(0.8, 10)),
            List.of(ItemKnn.allNeighbours(), new ItemKnn(250, 1.2)),
            List.of(new UserKnn(50, 0), UserKnn.defaults(), new UserKnn(200, 0)),
            List.of(new Ease(Ease.DEFAULT_LAMBDA)),
            List.of(Slim.defaults(), new Slim(0.05, 0.02, true, 0.01), new Slim(0.02, 0.1, true, 0.01)),
            List.of(Ials.defaults(), new Ials(64, 1, 1, 15, SEED), new Ials(128, 10, 1, 15, SEED)),
            List.of(BprMf.defaults(), new BprMf(64, 0.05, 0.01, 30, 20, SEED)));

    private final Split split;
    private final Evaluator evaluator = Evaluator.builder().build();
    private final BenchmarkReport report;

    private BaselinesBenchmark(Path data) {
        split = GsasrecFolder.read(data);
        report = new BenchmarkReport(
                "baselines-ml-1m", COMMAND, Runtime.getRuntime().availableProcessors());
        report.settings()
                .put("protocol", "full ranking, seen items filtered, ties to the lower index")
                .put("chosen_by", "NDCG@10 on the validation users, among the settings listed with each");
    }

    /**
     * Trains, measures and writes {@code benchmarks/results/baselines-ml-1m.json}.
     *
     * @param arguments DATA
     */
    public static void main(String[] arguments) {
        BaselinesBenchmark benchmark = new BaselinesBenchmark(Path.of(arguments[0]));
        SETTINGS.forEach(benchmark::measure);
        System.out.println("written to " + benchmark.report.write(Path.of("benchmarks/results")));
    }

    private void measure(List<Baseline> settings) {
        ObjectNode tried = report.settings().putObject(settings.get(0).name());
        Baseline best = settings.get(0);
        double bestValue = -1;
        for (Baseline each : settings) {
            double value = evaluate(each, split.validation()).metric("NDCG@10");
            tried.put(each.toString(), rounded(value));
            System.out.println(each + " " + rounded(value));
            if (value > bestValue) {
                best = each;
                bestValue = value;
            }
        }
        add(best, "validation, 512 users", split.validation());
        add(best, "test, 6040 users", split.test());
    }

    private void add(Baseline baseline, String part, HeldOut cases) {
        EvaluationReport result = evaluate(baseline, cases);
        double[] ndcg = {result.metric("NDCG@10")};
        report.add(baseline.name() + ", " + part, "NDCG@10", ndcg)
                .put("settings", baseline.toString())
                .put("recall_at_1", rounded(result.metric("Recall@1")))
                .put("recall_at_10", rounded(result.metric("Recall@10")));
    }

    private EvaluationReport evaluate(Baseline baseline, HeldOut cases) {
        try (Recommender recommender = baseline.train(split.train())) {
            return evaluator.evaluate(recommender, cases);
        }
    }

    static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
