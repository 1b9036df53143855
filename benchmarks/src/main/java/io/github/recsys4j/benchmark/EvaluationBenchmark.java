package io.github.recsys4j.benchmark;

import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.eval.metric.Auc;
import io.github.recsys4j.eval.metric.AverageRank;
import io.github.recsys4j.eval.metric.GradedNdcg;
import io.github.recsys4j.eval.metric.GroupedAuc;
import io.github.recsys4j.eval.metric.MedianRank;
import io.github.recsys4j.eval.metric.Metric;
import io.github.recsys4j.eval.metric.Metrics;
import io.github.recsys4j.eval.metric.RPrecision;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.retrieval.ItemFilter;
import io.github.recsys4j.retrieval.RankedItems;
import io.github.recsys4j.split.HeldOut;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Full-ranking evaluation of ready vectors at the size of MovieLens-1M, seen items filtered, beside the bare
 * matrix product that it contains. Limits on two cores: 150 ms, and 100 ms beyond scoring and selection with every
 * accuracy metric, those that rank all candidates included.
 *
 * <pre>java -Xmx1g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar \
 *     io.github.recsys4j.benchmark.EvaluationBenchmark</pre>
 *
 * <p>Vectors are random; histories have MovieLens-1M's mean length of 163. A sample of users is ranked a second
 * time by a plain loop, and the benchmark fails if an item differs.
 */
final class EvaluationBenchmark {
    private static final String COMMAND =
            "java -Xmx1g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar"
                    + " io.github.recsys4j.benchmark.EvaluationBenchmark";
    private static final int USERS = Synthetic.ML1M_USERS;
    private static final int ITEMS = Synthetic.ML1M_ITEMS;
    private static final int DIM = 128;
    private static final int K = 10;
    private static final int WARM_UP = 25;
    private static final int REPETITIONS = 25;
    private static final double LIMIT_MS = 150;
    private static final double LIMIT_BEYOND_MS = 100;

    private final float[] users = Synthetic.normal(USERS * DIM, 1);
    private final float[] items = Synthetic.normal(ITEMS * DIM, 2);
    private final HeldOut cases = Synthetic.cases(USERS, ITEMS, 3);

    private EvaluationBenchmark() {}

    /**
     * Runs the benchmark and writes {@code evaluation.json}.
     *
     * @param arguments the folder of the result file, {@code benchmarks/results} by default
     */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/results");
        BenchmarkReport report = new EvaluationBenchmark().run();
        System.out.println(report);
        System.out.println("written to " + report.write(folder));
    }

    private BenchmarkReport run() {
        BenchmarkReport report =
                new BenchmarkReport("evaluation", COMMAND, Runtime.getRuntime().availableProcessors());
        report.settings()
                .put("users", USERS)
                .put("items", ITEMS)
                .put("dim", DIM)
                .put("k", K)
                .put(
                        "seen_items",
                        cases.cases().mapToLong(i -> cases.history(i).length).sum())
                .put("warm_up", WARM_UP)
                .put("checked_users", check());
        Evaluator evaluator = Evaluator.builder().build();
        INDArray itemMatrix = matrix('c', ITEMS, DIM, items);
        INDArray userMatrix = matrix('c', USERS, DIM, users);
        INDArray scores = Nd4j.createUninitialized(DataType.FLOAT, new long[] {ITEMS, USERS}, 'f');
        double[] search;
        try (ExactIndex index = ExactIndex.of(items, DIM)) {
            search = samples(() -> search(index));
        }
        double[] evaluation = samples(() -> evaluate(evaluator));
        Evaluator every = Evaluator.builder().metrics(accuracy()).build();
        double[] all = samples(() -> evaluate(every));
        double[] product = samples(() -> Nd4j.gemm(itemMatrix, userMatrix, scores, false, true, 1, 0));
        report.add("bare matrix product", "ms", product).put("measured_before", 31);
        report.add("top 10 of each user, seen filtered", "ms", search).put("pytorch_matmul_and_topk", 72);
        report.add("full-ranking evaluation with 8 metrics", "ms", evaluation)
                .put("limit", LIMIT_MS)
                .put("recbole", "133-234");
        report.add("full-ranking evaluation with all " + accuracy().size() + " accuracy metrics", "ms", all)
                .put("beyond_scoring_and_selection", median(all) - median(search))
                .put("limit_beyond_scoring_and_selection", LIMIT_BEYOND_MS);
        return report;
    }

    static List<Metric> accuracy() {
        List<Metric> metrics = new ArrayList<>(Metrics.at(1, K));
        metrics.addAll(List.of(
                new RPrecision(K),
                new GradedNdcg(K, (user, item) -> 1),
                new Auc(),
                new GroupedAuc(),
                new AverageRank(),
                new MedianRank()));
        return metrics;
    }

    private static double median(double[] millis) {
        double[] sorted = millis.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static INDArray matrix(char order, int rows, int columns, float[] values) {
        INDArray matrix = Nd4j.createUninitialized(DataType.FLOAT, new long[] {rows, columns}, order);
        matrix.data().asNioFloat().put(0, values, 0, values.length);
        return matrix;
    }

    private static double[] samples(Runnable work) {
        double[] millis = new double[REPETITIONS];
        for (int round = -WARM_UP; round < REPETITIONS; round++) {
            long start = System.nanoTime();
            work.run();
            millis[Math.max(0, round)] = (System.nanoTime() - start) / 1e6;
        }
        return millis;
    }

    private List<RankedItems> search(ExactIndex index) {
        return index.topKBatch(users, K, row -> ItemFilter.excluding(cases.history(row)));
    }

    private EvaluationReport evaluate(Evaluator evaluator) {
        return evaluator.evaluate("random vectors", users, items, cases);
    }

    /** Ranks every 100th user by a plain loop in double precision. */
    private int check() {
        int checked = 0;
        try (ExactIndex index = ExactIndex.of(items, DIM)) {
            List<RankedItems> found = search(index);
            for (int user = 0; user < USERS; user += 100, checked++) {
                int[] expected = plain(user);
                if (!Arrays.equals(found.get(user).items(), expected)) {
                    throw new IllegalStateException("user " + user + " is ranked differently by a plain loop");
                }
            }
        }
        return checked;
    }

    private int[] plain(int user) {
        double[] scores = new double[ITEMS];
        for (int item = 0; item < ITEMS; item++) {
            for (int d = 0; d < DIM; d++) {
                scores[item] += (double) users[user * DIM + d] * items[item * DIM + d];
            }
        }
        for (int item : cases.history(user)) {
            scores[item] = Double.NEGATIVE_INFINITY;
        }
        return IntStream.range(0, ITEMS)
                .boxed()
                .sorted((one, other) -> Double.compare(scores[other], scores[one]))
                .limit(K)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
