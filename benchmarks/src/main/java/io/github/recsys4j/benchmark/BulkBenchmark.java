package io.github.recsys4j.benchmark;

import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.serve.BulkJob;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Recommendations for many users by {@link BulkJob}: length 50, dim 64, 100,000 items, ten for each, seen filtered.
 * Beside it what cannot be left out: the same users' towers, and the same matrix products bare, with ND4J, 512 users at a
 * time.
 *
 * <pre>java -Xmx1g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.BulkBenchmark</pre>
 *
 * <p>Every 500th answer is checked against the products of the vectors.
 */
final class BulkBenchmark {
    private static final String COMMAND =
            "java -Xmx1g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.BulkBenchmark";
    private static final int KNOWN = 64;
    private static final int USERS = 8192;
    private static final int PRODUCT = 512;
    private static final int CHECKED = 500;
    private static final int REPETITIONS = 3;

    private final MultimodalRecommender model;
    private final BatchScorer scorer;
    private final List<String> users = IntStream.range(0, USERS)
            .mapToObj(user -> String.valueOf(user % KNOWN))
            .toList();

    private BulkBenchmark(MultimodalRecommender model) {
        this.model = model;
        this.scorer = model.batchScorer().orElseThrow();
    }

    /**
     * Runs the benchmark and writes {@code bulk.json}.
     *
     * @param arguments the folder of the result file, {@code benchmarks/results} by default
     */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/results");
        try (MultimodalRecommender model = ServingModel.train(KNOWN)) {
            BenchmarkReport report = new BulkBenchmark(model).run();
            System.out.println(report);
            System.out.println("written to " + report.write(folder));
        }
    }

    private BenchmarkReport run() {
        check();
        double[] whole = new double[REPETITIONS];
        double[] towers = new double[REPETITIONS];
        double[] products = new double[REPETITIONS];
        for (int round = -1; round < REPETITIONS; round++) {
            int slot = Math.max(0, round);
            whole[slot] = seconds(this::job);
            towers[slot] = seconds(this::towers);
            products[slot] = seconds(this::products);
        }
        BenchmarkReport report = new BenchmarkReport("bulk", COMMAND, 2);
        report.settings()
                .put("users", USERS)
                .put("items", ServingModel.ITEMS)
                .put("dim", ServingModel.DIM)
                .put("history", ServingModel.LENGTH)
                .put("k", ServingModel.K)
                .put("block", BulkJob.BLOCK)
                .put("warm_up", 1);
        report.add("bulk job", "s", whole).put("users_per_second", Math.round(USERS / median(whole)));
        report.add("user towers alone", "s", towers).put("share_of_the_job", share(towers, whole));
        report.add("bare matrix products", "s", products).put("share_of_the_job", share(products, whole));
        return report;
    }

    private static double share(double[] part, double[] whole) {
        return Math.round(1000 * median(part) / median(whole)) / 1000.0;
    }

    private static double median(double[] samples) {
        return Arrays.stream(samples).sorted().toArray()[samples.length / 2];
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private void job() {
        new BulkJob(model).k(ServingModel.K).run(users.stream(), (ids, results) -> {});
    }

    private void towers() {
        for (int from = 0; from < USERS; from += BulkJob.BLOCK) {
            scorer.userVectors(requests(from, BulkJob.BLOCK));
        }
    }

    private List<RecommendationRequest> requests(int from, int count) {
        return users.subList(from, from + count).stream()
                .map(user -> RecommendationRequest.forUser(user).build())
                .toList();
    }

    private void products() {
        INDArray items = matrix(ServingModel.ITEMS, scorer.itemVectors());
        INDArray queries = matrix(PRODUCT, scorer.userVectors(requests(0, PRODUCT)));
        try (INDArray scores = Nd4j.createUninitializedDetached(DataType.FLOAT, 'f', ServingModel.ITEMS, PRODUCT)) {
            for (int from = 0; from < USERS; from += PRODUCT) {
                Nd4j.gemm(items, queries, scores, false, true, 1, 0);
            }
        }
        items.close();
        queries.close();
    }

    private static INDArray matrix(int rows, float[] values) {
        INDArray matrix = Nd4j.createUninitializedDetached(DataType.FLOAT, 'c', rows, ServingModel.DIM);
        matrix.data().asNioFloat().put(0, values, 0, values.length);
        return matrix;
    }

    private void check() {
        List<RecommendationResult> answers = new ArrayList<>();
        new BulkJob(model).k(ServingModel.K).run(users.stream(), (ids, results) -> answers.addAll(results));
        for (int user = 0; user < USERS; user += CHECKED) {
            List<String> seen = model.history(users.get(user));
            RecommendationRequest request =
                    RecommendationRequest.forUser(users.get(user)).build();
            int place = user;
            Oracle.of(scorer, request)
                    .explain(answers.get(user).recommendations(), seen)
                    .ifPresent(problem -> {
                        throw new IllegalStateException("user " + place + ": " + problem);
                    });
        }
    }
}
