package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.Recommender;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.retrieval.ExactIndex;
import io.github.recsys4j.serve.InMemoryHistoryStore;
import io.github.recsys4j.serve.LiveRecommender;
import io.github.recsys4j.serve.RecommenderSlot;
import io.github.recsys4j.serve.SelfCheck;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import io.github.recsys4j.serve.ServingStatistics;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * {@code getRecommendations} end to end at length 50, dim 64, 100,000 items, exact search, seen items filtered, for 1, 2
 * and 8 threads that ask one request after the other, at most 120,000 requests or 45 seconds each; bytes allocated for each call. Beside it the search of the index
 * alone with one thread.
 *
 * <pre>java -Xmx1g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar \
 *     io.github.recsys4j.benchmark.ServingBenchmark</pre>
 *
 * <p>"live" is the same through {@link LiveRecommender}, {@link RecommenderSlot}, a store in memory and
 * {@link ServingStatistics}. Each user's first answer is checked against the products of the vectors.
 */
final class ServingBenchmark {
    private static final String COMMAND =
            "java -Xmx1g -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar"
                    + " io.github.recsys4j.benchmark.ServingBenchmark";
    private static final int USERS = 64;
    private static final int WARM_UP = 200;

    /** Each measurement ends at whichever comes first. */
    private static final int MOST_REQUESTS = 120_000;

    private static final int SEARCHES = 1_000;
    private static final double MOST_SECONDS = 45;
    private static final double LIVE_SECONDS = 15;
    private static final int[] THREADS = {1, 2, 8};
    private static final double MICROS = 1e3;

    private final BenchmarkReport report = new BenchmarkReport("serving", COMMAND, 2);

    private ServingBenchmark() {}

    /**
     * Runs the benchmark and writes {@code serving.json}.
     *
     * @param arguments the folder of the result file, {@code benchmarks/results} by default
     * @throws Exception if a request fails
     */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments.length > 0 ? arguments[0] : "benchmarks/results");
        ServingBenchmark benchmark = new ServingBenchmark();
        try (MultimodalRecommender model = ServingModel.train(USERS)) {
            benchmark.run(model);
        }
        System.out.println(benchmark.report);
        System.out.println("written to " + benchmark.report.write(folder));
    }

    private void run(MultimodalRecommender model) throws Exception {
        check(model);
        report.settings()
                .put("items", ServingModel.ITEMS)
                .put("dim", ServingModel.DIM)
                .put("history", ServingModel.LENGTH)
                .put("k", ServingModel.K)
                .put("tower", "gsasrec, 2 blocks, 1 head")
                .put("index", "exact")
                .put("warm_up", WARM_UP)
                .put("seconds_at_most", MOST_SECONDS)
                .put("bytes_of_vectors", (long) ServingModel.ITEMS * ServingModel.DIM * Float.BYTES);
        measure("getRecommendations, 1 thread", model, 1, new Budget(WARM_UP, MOST_SECONDS));
        for (int threads : THREADS) {
            measure(
                    "getRecommendations, " + threads + (threads == 1 ? " thread" : " threads"),
                    model,
                    threads,
                    new Budget(MOST_REQUESTS, MOST_SECONDS));
        }
        search(model);
        live(model);
    }

    private void live(MultimodalRecommender model) throws Exception {
        ServingStatistics statistics = new ServingStatistics();
        model.observe(statistics);
        SelfCheck check = SelfCheck.of(List.of(RecommendationRequest.forHistory(model.history("0"))
                .k(ServingModel.K)
                .build()));
        try (InMemoryHistoryStore store = new InMemoryHistoryStore();
                LiveRecommender live = LiveRecommender.builder(new RecommenderSlot(model, check, statistics), store)
                        .metrics(statistics)
                        .build()) {
            measure("live getRecommendations, 1 thread", live, 1, new Budget(WARM_UP, LIVE_SECONDS));
            ObjectNode result =
                    measure("live getRecommendations, 1 thread", live, 1, new Budget(MOST_REQUESTS, LIVE_SECONDS));
            for (Stage stage : Stage.values()) {
                result.put(
                        "p50_" + stage.name().toLowerCase(Locale.ROOT) + "_us",
                        statistics.latency(stage).p50().toNanos() / MICROS);
            }
        }
    }

    /** What each thread found: its latencies and how many bytes it allocated for each call. */
    private record Lane(List<Double> micros, double bytes) {}

    /** How many requests of all threads, and how long at most. */
    private record Budget(int requests, double seconds) {}

    private ObjectNode measure(String name, Recommender recommender, int threads, Budget budget) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<Lane>> lanes = new ArrayList<>();
        long start = System.nanoTime();
        for (int thread = 0; thread < threads; thread++) {
            int offset = thread;
            lanes.add(pool.submit(() -> ask(recommender, offset, budget.requests() / threads, budget.seconds())));
        }
        List<Lane> found = await(lanes);
        double seconds = (System.nanoTime() - start) / 1e9;
        pool.shutdown();
        double[] micros = found.stream()
                .flatMapToDouble(lane -> lane.micros().stream().mapToDouble(Double::doubleValue))
                .sorted()
                .toArray();
        return report.add(name, "us", micros)
                .put("p50", at(micros, 0.5))
                .put("p99", at(micros, 0.99))
                .put("p999", at(micros, 0.999))
                .put("requests_per_second", Math.round(micros.length / seconds))
                .put(
                        "bytes_allocated_per_call",
                        Math.round(found.stream()
                                .mapToDouble(Lane::bytes)
                                .average()
                                .orElse(0)));
    }

    private static List<Lane> await(List<Future<Lane>> lanes) throws InterruptedException, ExecutionException {
        List<Lane> found = new ArrayList<>();
        for (Future<Lane> lane : lanes) {
            found.add(lane.get());
        }
        return found;
    }

    private static Lane ask(Recommender recommender, int offset, int requests, double seconds) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        double[] micros = new double[requests];
        long before = threads.getCurrentThreadAllocatedBytes();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int asked = 0;
        for (long start = System.nanoTime(); asked < requests && start < end; start = System.nanoTime()) {
            recommender.getRecommendations(String.valueOf((offset + 7 * asked) % USERS), ServingModel.K);
            micros[asked++] = (System.nanoTime() - start) / MICROS;
        }
        double bytes = (double) (threads.getCurrentThreadAllocatedBytes() - before) / asked;
        return new Lane(Arrays.stream(micros, 0, asked).boxed().toList(), bytes);
    }

    private static double at(double[] sorted, double share) {
        return Math.round(sorted[(int) Math.min(sorted.length - 1, Math.ceil(share * sorted.length))] * 10) / 10.0;
    }

    private void search(MultimodalRecommender model) {
        BatchScorer scorer = model.batchScorer().orElseThrow();
        float[] user =
                scorer.userVectors(List.of(RecommendationRequest.forUser("0").build()));
        double[] micros = new double[SEARCHES];
        try (ExactIndex index = ExactIndex.of(scorer.itemVectors(), scorer.dim())) {
            for (int i = -micros.length / 4; i < micros.length; i++) {
                long start = System.nanoTime();
                index.topK(user, ServingModel.K);
                micros[Math.max(0, i)] = (System.nanoTime() - start) / MICROS;
            }
        }
        Arrays.sort(micros);
        report.add("search of the index alone, 1 thread", "us", micros).put("p99", at(micros, 0.99));
    }

    /** The answers are those with the largest products. */
    private static void check(MultimodalRecommender model) {
        BatchScorer scorer = model.batchScorer().orElseThrow();
        for (int user = 0; user < USERS; user += 9) {
            RecommendationRequest request = RecommendationRequest.forUser(String.valueOf(user))
                    .k(ServingModel.K)
                    .build();
            List<String> seen = model.history(String.valueOf(user));
            Oracle oracle = Oracle.of(scorer, request);
            List<Recommendation> found = model.getRecommendations(request);
            oracle.explain(found, seen).ifPresent(problem -> {
                throw new IllegalStateException("user " + request.userId() + ": " + problem);
            });
        }
    }
}
