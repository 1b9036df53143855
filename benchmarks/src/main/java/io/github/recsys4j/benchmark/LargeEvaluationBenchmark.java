package io.github.recsys4j.benchmark;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.data.Vocabulary;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.split.HeldOut;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Full-ranking evaluation of 100,000 users on 100,000 items with 64 dimensions, streamed under a heap limit, beside the
 * bare matrix product in blocks of the same size. Goal: less than twice the product's time.
 *
 * <pre>java -Xmx256m -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar \
 *     io.github.recsys4j.benchmark.LargeEvaluationBenchmark</pre>
 *
 * <p>Memory beside cases and vectors: in the heap 16 bytes per case and metric and 4 * 4096 * dim bytes of user vectors;
 * outside it a copy of the item vectors and, per thread, 4 * 256 * (4096 + dim) bytes of scores, or 32 MiB with ranks.
 * All scores at once would be 40 GB. The heap limit stands in the command; the settings say how much the process held
 * before the bare product took its own block.
 */
final class LargeEvaluationBenchmark {
    private static final String COMMAND = "java -Xmx256m -Dorg.bytedeco.javacpp.maxPhysicalBytes=0"
            + " -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.LargeEvaluationBenchmark";
    private static final int USERS = 100_000;
    private static final int ITEMS = 100_000;
    private static final int DIM = 64;
    private static final int BLOCK = 256;

    private LargeEvaluationBenchmark() {}

    /** Vectors that are ready: the user's number leads to the row. */
    private static final class Ready implements BatchScorer {
        private final Vocabulary items = Synthetic.numbered(ITEMS);
        private final float[] users = Synthetic.normal(USERS * DIM, 1);
        private final float[] itemVectors = Synthetic.normal(ITEMS * DIM, 2);

        @Override
        public Vocabulary items() {
            return items;
        }

        @Override
        public float[] itemVectors() {
            return itemVectors;
        }

        @Override
        public int dim() {
            return DIM;
        }

        @Override
        public float[] userVectors(List<RecommendationRequest> requests) {
            float[] rows = new float[requests.size() * DIM];
            for (int row = 0; row < requests.size(); row++) {
                int user = Integer.parseInt(requests.get(row).userId().orElseThrow());
                System.arraycopy(users, user * DIM, rows, row * DIM, DIM);
            }
            return rows;
        }
    }

    /**
     * Runs the benchmark and writes {@code evaluation-large.json}.
     *
     * @param arguments the folder of the result file, {@code benchmarks/results} by default
     */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/results");
        BenchmarkReport report = new BenchmarkReport(
                "evaluation-large", COMMAND, Runtime.getRuntime().availableProcessors());
        report.settings()
                .put("users", USERS)
                .put("items", ITEMS)
                .put("dim", DIM)
                .put("k", 10);
        Ready model = new Ready();
        HeldOut cases = cases(model.items);
        Evaluator standard = Evaluator.builder().build();
        Evaluator every =
                Evaluator.builder().metrics(EvaluationBenchmark.accuracy()).build();
        double[] few = {seconds(standard, model, cases), 0};
        report.settings().put("peak_resident_mib_of_8_metrics", BenchmarkReport.peakResidentMib());
        double all = seconds(every, model, cases);
        report.settings().put("peak_resident_mib_of_all_metrics", BenchmarkReport.peakResidentMib());
        double[] product = {product(model), product(model), 0};
        few[1] = seconds(standard, model, cases);
        product[2] = product(model);
        double bare = DoubleStream.of(product).sorted().toArray()[1];
        report.add("full-ranking evaluation with 8 metrics, the first in a new JVM", "s", new double[] {few[0]})
                .put("times_the_product", few[0] / bare)
                .put("limit_times_the_product", 2);
        report.add("full-ranking evaluation with 8 metrics, again", "s", new double[] {few[1]})
                .put("times_the_product", few[1] / bare)
                .put("limit_times_the_product", 2);
        report.add(
                        "full-ranking evaluation with all "
                                + EvaluationBenchmark.accuracy().size() + " accuracy metrics",
                        "s",
                        new double[] {all})
                .put("times_the_product", all / bare);
        report.add("bare matrix product", "s", product).put("block", BLOCK);
        System.out.println(report);
        System.out.println("written to " + report.write(folder));
    }

    private static double seconds(Evaluator evaluator, Ready model, HeldOut cases) {
        long start = System.nanoTime();
        EvaluationReport result = evaluator.evaluate("random vectors", model, cases);
        double seconds = (System.nanoTime() - start) / 1e9;
        check(result);
        return seconds;
    }

    private static HeldOut cases(Vocabulary items) {
        Random random = new Random(3);
        HeldOut.Builder cases = HeldOut.builder(Synthetic.numbered(USERS), items);
        for (int user = 0; user < USERS; user++) {
            cases.add(user, random.ints(20, 0, ITEMS).toArray(), new int[] {random.nextInt(ITEMS)});
        }
        return cases.build();
    }

    /** Random vectors find a random target in the first ten of 100,000 with odds of 1 in 10,000. */
    private static void check(EvaluationReport result) {
        double found = result.metric("Recall@10");
        if (found > 3e-4 || result.protocol().counts().cases() != USERS) {
            throw new IllegalStateException("random vectors found " + found + " of the targets");
        }
    }

    private static double product(Ready model) {
        INDArray items = Nd4j.createUninitialized(DataType.FLOAT, new long[] {ITEMS, DIM}, 'c');
        items.data().asNioFloat().put(0, model.itemVectors, 0, ITEMS * DIM);
        INDArray users = Nd4j.createUninitialized(DataType.FLOAT, new long[] {BLOCK, DIM}, 'c');
        INDArray scores = Nd4j.createUninitialized(DataType.FLOAT, new long[] {ITEMS, BLOCK}, 'f');
        long start = System.nanoTime();
        for (int first = 0; first < USERS; first += BLOCK) {
            int from = Math.min(first, USERS - BLOCK);
            users.data().asNioFloat().put(0, model.users, from * DIM, BLOCK * DIM);
            Nd4j.gemm(items, users, scores, false, true, 1, 0);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
