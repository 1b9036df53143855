package io.github.recsys4j.benchmark;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.recsys4j.BatchScorer;
import io.github.recsys4j.Recommendation;
import io.github.recsys4j.RecommendationRequest;
import io.github.recsys4j.RecommendationResult;
import io.github.recsys4j.data.Column;
import io.github.recsys4j.data.Dataset;
import io.github.recsys4j.data.Table;
import io.github.recsys4j.feature.FeatureMatrix;
import io.github.recsys4j.feature.Modality;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.runtime.Device;
import io.github.recsys4j.retrieval.ItemPredicate;
import io.github.recsys4j.serve.HistoryBounds;
import io.github.recsys4j.serve.Interaction;
import io.github.recsys4j.serve.LiveRecommender;
import io.github.recsys4j.serve.LocalHistoryStore;
import io.github.recsys4j.serve.RecommenderSlot;
import io.github.recsys4j.serve.SelfCheck;
import io.github.recsys4j.serve.ServingMetrics.Event;
import io.github.recsys4j.serve.ServingMetrics.Stage;
import io.github.recsys4j.serve.ServingStatistics;
import io.github.recsys4j.serve.SwapWatch;
import io.github.recsys4j.serve.Sync;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Serving for a long time: threads that ask and record, one that adds items and swaps model folders, all at once, while
 * the heap after a collection and the resident memory are noted.
 *
 * <pre>java -Xmx512m -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar \
 *     io.github.recsys4j.benchmark.SoakBenchmark 600</pre>
 *
 * <p>Each answer is judged by an {@link Oracle}: it must be the best list by the vectors of one of the two models for the
 * user's history as it was when it was asked for, with only added items between. One request in three has a filter on a
 * column of the items, which added items never pass. Swaps are watched, so two models are in memory for a while. An added item must be recommended by
 * the model that it was added to. Any exception or wrong answer ends the run.
 */
final class SoakBenchmark {
    private static final String COMMAND =
            "java -Xmx512m -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -cp benchmarks/target/benchmarks.jar"
                    + " io.github.recsys4j.benchmark.SoakBenchmark 600";
    private static final int ASKERS = 3;
    private static final int USERS = 300;
    private static final int ITEMS = 2_000;
    private static final int DIM = 32;
    private static final int TEXT = 16;
    private static final int LENGTH = 20;
    private static final int KEPT = 40;
    private static final int K = 10;
    private static final int SAMPLE_SECONDS = 10;
    private static final int GROUPS = 4;
    private static final int ALL = -1;
    private static final String ADDED = "added";
    private static final int FILTERED = 3;
    private static final Duration WATCHED = Duration.ofMillis(500);
    private static final int ADDED_BETWEEN_SWAPS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Path folder;
    private final Duration duration;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final ServingStatistics statistics = new ServingStatistics();
    private final List<MultimodalRecommender> references = new ArrayList<>();
    private final List<Path> models = new ArrayList<>();
    private final List<Double> heap = new ArrayList<>();
    private final List<Double> resident = new ArrayList<>();
    private final LongAdder filtered = new LongAdder();
    private int added;

    private SoakBenchmark(Path folder, Duration duration) {
        this.folder = folder;
        this.duration = duration;
    }

    /**
     * Runs for a while and writes {@code soak.json}.
     *
     * @param arguments the seconds, and the folder of the result file, {@code benchmarks/results} by default
     * @throws Exception if anything goes wrong or an answer is wrong
     */
    public static void main(String[] arguments) throws Exception {
        Duration duration = Duration.ofSeconds(arguments.length > 0 ? Long.parseLong(arguments[0]) : 600);
        Path results = Path.of(arguments.length > 1 ? arguments[1] : "benchmarks/results");
        Path temporary = Files.createTempDirectory("soak");
        try {
            BenchmarkReport report = new SoakBenchmark(temporary, duration).run();
            System.out.println(report);
            System.out.println("written to " + report.write(results));
        } finally {
            MoreFiles.deleteRecursively(temporary, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private BenchmarkReport run() throws Exception {
        prepare();
        SelfCheck check = SelfCheck.of(List.of(
                RecommendationRequest.forHistory(List.of("1", "2", "3")).k(K).build()));
        RecommenderSlot slot = new RecommenderSlot(load(0), check, statistics, new SwapWatch(WATCHED, 3));
        try (LocalHistoryStore store = LocalHistoryStore.open(
                        folder.resolve("histories"), new HistoryBounds(KEPT, USERS), Sync.BY_SYSTEM);
                LiveRecommender live = LiveRecommender.builder(slot, store)
                        .completeStore()
                        .metrics(statistics)
                        .build()) {
            run(slot, live);
        }
        references.forEach(MultimodalRecommender::close);
        return report();
    }

    private static Table columns() {
        List<String> groups = IntStream.range(0, ITEMS)
                .mapToObj(item -> String.valueOf(item % GROUPS))
                .toList();
        return new Table(ITEMS, List.of(new Column("group", groups)));
    }

    private void prepare() {
        for (int seed = 1; seed <= 2; seed++) {
            Path path = folder.resolve("model" + seed);
            Dataset dataset = Synthetic.histories(USERS, ITEMS, LENGTH).withTables(columns(), Table.empty(USERS));
            try (MultimodalRecommender trained = MultimodalRecommender.builder()
                    .architecture(Architecture.gSasRec().withDim(DIM).withMaxLength(LENGTH))
                    .features(text(ITEMS, seed))
                    .epochs(1)
                    .seed(seed)
                    .device(Device.cpu())
                    .train(dataset)) {
                trained.save(path);
            }
            models.add(path);
            references.add(load(seed - 1));
        }
    }

    private MultimodalRecommender load(int model) {
        MultimodalRecommender loaded = MultimodalRecommender.load(models.get(model), Device.cpu());
        loaded.observe(statistics);
        return loaded;
    }

    private static FeatureMatrix text(int rows, int seed) {
        FeatureMatrix.Builder matrix = FeatureMatrix.builder(Modality.TEXT, rows, TEXT);
        float[] values = Synthetic.normal(rows * TEXT, seed);
        for (int row = 0; row < rows; row++) {
            matrix.put(row, values, row * TEXT);
        }
        return matrix.build();
    }

    private void run(RecommenderSlot slot, LiveRecommender live) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ASKERS + 1);
        List<Future<?>> all = new ArrayList<>();
        for (int asker = 0; asker < ASKERS; asker++) {
            int number = asker;
            all.add(threads.submit(guarded(() -> ask(live, number))));
        }
        all.add(threads.submit(guarded(() -> change(slot))));
        long end = System.nanoTime() + duration.toNanos();
        while (!stop.get() && System.nanoTime() < end) {
            Thread.sleep(SAMPLE_SECONDS * 1000L);
            sample();
        }
        stop.set(true);
        for (Future<?> one : all) {
            one.get();
        }
        threads.shutdown();
    }

    private Callable<Void> guarded(Callable<Void> work) {
        return () -> {
            try {
                return work.call();
            } finally {
                stop.set(true);
            }
        };
    }

    /** Each asker has users of its own, so that it knows what their histories are. */
    private Void ask(LiveRecommender live, int asker) {
        SplittableRandom random = new SplittableRandom(asker);
        List<List<String>> histories = IntStream.range(0, USERS / ASKERS)
                .mapToObj(i -> (List<String>) new ArrayList<String>())
                .toList();
        List<BatchScorer> scorers = references.stream()
                .map(reference -> reference.batchScorer().orElseThrow())
                .toList();
        for (long time = 0; !stop.get(); time++) {
            int own = random.nextInt(histories.size());
            String user = "asker" + asker + "-" + own;
            List<String> history = histories.get(own);
            String item = String.valueOf(random.nextInt(ITEMS));
            live.record(new Interaction(user, item, time));
            history.add(item);
            if (history.size() > KEPT) {
                history.remove(0);
            }
            RecommendationRequest.Builder request =
                    RecommendationRequest.forUser(user).k(K);
            int group = time % FILTERED == 0 ? random.nextInt(GROUPS) : ALL;
            if (group != ALL) {
                request.filter(ItemPredicate.equal("group", String.valueOf(group)));
                filtered.increment();
            }
            judge(scorers, history, group, live.recommend(request.build()));
        }
        return null;
    }

    private static void judge(List<BatchScorer> scorers, List<String> history, int group, RecommendationResult result) {
        RecommendationRequest request =
                RecommendationRequest.forHistory(history).build();
        List<String> problems = new ArrayList<>();
        Set<String> never = forbidden(history, group, result);
        for (BatchScorer scorer : scorers) {
            Optional<String> problem = Oracle.of(scorer, request).explain(result.recommendations(), never);
            if (problem.isEmpty()) {
                requireWhole(result);
                return;
            }
            problems.add(problem.get());
        }
        throw new IllegalStateException("no model answers so after " + history + ": " + problems);
    }

    /** What was seen, and with a filter every item of another group, those that were added included. */
    private static Set<String> forbidden(List<String> history, int group, RecommendationResult result) {
        Set<String> never = new HashSet<>(history);
        if (group != ALL) {
            IntStream.range(0, ITEMS)
                    .filter(item -> item % GROUPS != group)
                    .forEach(item -> never.add(String.valueOf(item)));
            if (result.recommendations().stream().anyMatch(one -> one.itemId().startsWith(ADDED))) {
                throw new IllegalStateException("an added item has no group, but passed a filter: " + result);
            }
        }
        return never;
    }

    private static void requireWhole(RecommendationResult result) {
        List<Recommendation> answer = result.recommendations();
        if (result.isDegraded() || answer.size() != K || result.source() != RecommendationResult.Source.MODEL) {
            throw new IllegalStateException("not a whole answer: " + result);
        }
    }

    private Void change(RecommenderSlot slot) throws InterruptedException {
        for (int round = 1; !stop.get(); round++) {
            MultimodalRecommender next = load(round % models.size());
            slot.swap(() -> next);
            for (int i = 0; i < ADDED_BETWEEN_SWAPS && !stop.get(); i++) {
                addOne(next);
                Thread.sleep(PAUSE.toMillis());
            }
        }
        return null;
    }

    private void addOne(MultimodalRecommender model) {
        String id = ADDED + added++;
        model.addItems(List.of(id), text(1, added));
        List<Recommendation> found = model.getRecommendations(RecommendationRequest.forHistory(List.of("1"))
                .candidates(Set.of(id))
                .build());
        if (found.size() != 1 || !found.get(0).itemId().equals(id)) {
            throw new IllegalStateException("added item " + id + " is not recommended: " + found);
        }
    }

    private void sample() throws IOException {
        System.gc();
        heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0);
        resident.add(Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0));
    }

    private BenchmarkReport report() {
        BenchmarkReport report = new BenchmarkReport("soak", COMMAND, ASKERS + 1);
        report.settings()
                .put("seconds", duration.toSeconds())
                .put("asking_threads", ASKERS)
                .put("items", ITEMS)
                .put("dim", DIM)
                .put("answers_checked", statistics.counted(Event.ANSWERED))
                .put("wrong_answers", 0)
                .put("failed_requests", statistics.counted(Event.FAILED))
                .put("interactions_recorded", statistics.counted(Event.RECORDED))
                .put("requests_with_filter", filtered.sum())
                .put("models_taken_back", statistics.counted(Event.ROLLED_BACK))
                .put("models_swapped", statistics.counted(Event.SWAPPED))
                .put("items_added", added)
                .put("p50_request_us", statistics.latency(Stage.REQUEST).p50().toNanos() / 1000)
                .put("p999_request_us", statistics.latency(Stage.REQUEST).p999().toNanos() / 1000);
        curve(report, "heap after a collection", heap);
        curve(report, "resident memory", resident);
        return report;
    }

    /** A sample every ten seconds; the second quarter against the last, and the slope of the second half, say whether it rises. */
    private static void curve(BenchmarkReport report, String name, List<Double> samples) {
        double[] values = samples.stream().mapToDouble(Double::doubleValue).toArray();
        int quarter = values.length / 4;
        report.add(name + ", every " + SAMPLE_SECONDS + " s", "MiB", values)
                .put("mean_of_second_quarter", mean(values, quarter, 2 * quarter))
                .put("mean_of_last_quarter", mean(values, values.length - quarter, values.length))
                .put("slope_of_second_half_mib_per_minute", slope(values, values.length / 2))
                .putPOJO(
                        "samples",
                        IntStream.range(0, values.length)
                                .mapToObj(i -> Math.round(values[i] * 10) / 10.0)
                                .toList());
    }

    /** Least squares over the samples from one on, in MiB a minute. */
    private static double slope(double[] values, int from) {
        double middle = (from + values.length - 1) / 2.0;
        double mean = mean(values, from, values.length);
        double up = 0;
        double square = 0;
        for (int i = from; i < values.length; i++) {
            up += (i - middle) * (values[i] - mean);
            square += (i - middle) * (i - middle);
        }
        return Math.round(1000 * up / square * 60 / SAMPLE_SECONDS) / 1000.0;
    }

    private static double mean(double[] values, int from, int to) {
        return Math.round(10
                        * IntStream.range(from, to)
                                .mapToDouble(i -> values[i])
                                .average()
                                .orElse(0))
                / 10.0;
    }
}
