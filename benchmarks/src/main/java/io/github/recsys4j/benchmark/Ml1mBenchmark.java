package io.github.recsys4j.benchmark;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.recsys4j.ProgressListener.Progress;
import io.github.recsys4j.eval.EvaluationReport;
import io.github.recsys4j.eval.Evaluator;
import io.github.recsys4j.model.Architecture;
import io.github.recsys4j.model.MultimodalRecommender;
import io.github.recsys4j.model.train.Schedule;
import io.github.recsys4j.model.train.TrainingOptions;
import io.github.recsys4j.split.GsasrecFolder;
import io.github.recsys4j.split.HeldOut;
import io.github.recsys4j.split.Split;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * Trains a sequence recommender on MovieLens-1M in the gSASRec preparation within a budget of minutes, chooses the
 * epoch on the 512 validation users, and measures the saved and reloaded model on all 6,040 test users: full ranking
 * over 3,416 items, seen items filtered, ties to the lower index.
 *
 * <pre>java -Xmx2g -cp benchmarks/target/benchmarks.jar io.github.recsys4j.benchmark.Ml1mBenchmark DATA MODEL MINUTES
 *     [ARCHITECTURE [EPOCHS DROPOUT]]</pre>
 *
 * <p>DATA is the folder with {@code train}, {@code val} and {@code test}; MODEL is where the model goes; ARCHITECTURE
 * is {@code sasrec-softmax} (default), {@code gsasrec}, {@code esasrec} or {@code sasrec}. Without EPOCHS the learning
 * rate is constant and training stops when 20 epochs brought nothing better; with it the rate falls to 0 along a
 * cosine over so many epochs. Published test NDCG@10 of
 * this protocol: .1259 (SASRec), .1726 (gSASRec), .1821 (full softmax); published validation NDCG@10 of the gSASRec
 * checkpoint: .1974.
 */
final class Ml1mBenchmark {
    private static final Map<String, Architecture> ARCHITECTURES = Map.of(
            "sasrec-softmax", Architecture.sasRecSoftmax(),
            "gsasrec", Architecture.gSasRec(),
            "esasrec", Architecture.eSasRec(),
            "sasrec", Architecture.sasRec());
    private static final long SEED = 42;

    private final Split split;
    private final Path model;
    private final TrainingOptions options;
    private final Architecture architecture;
    private final BenchmarkReport report;
    private final ArrayNode curve;
    private final long started = System.nanoTime();

    private Ml1mBenchmark(String[] arguments) {
        int minutes = Integer.parseInt(arguments[2]);
        String name = arguments.length > 3 ? arguments[3] : "sasrec-softmax";
        boolean annealed = arguments.length > 4;
        Architecture published = Objects.requireNonNull(ARCHITECTURES.get(name), name);
        architecture = annealed ? published.withDropout(Double.parseDouble(arguments[5])) : published;
        split = GsasrecFolder.read(Path.of(arguments[0]));
        model = Path.of(arguments[1]);
        options = TrainingOptions.builder()
                .loss(architecture.loss())
                .negatives(architecture.negatives())
                .epochs(annealed ? Integer.parseInt(arguments[4]) : 1000)
                .patience(annealed ? Integer.MAX_VALUE : 20)
                .schedule(annealed ? Schedule.cosine(0) : Schedule.constant())
                .maxDuration(Duration.ofMinutes(minutes))
                .seed(SEED)
                .build();
        String command = "java -Xmx2g -cp benchmarks/target/benchmarks.jar " + Ml1mBenchmark.class.getName()
                + " DATA MODEL " + String.join(" ", Arrays.asList(arguments).subList(2, arguments.length));
        report = new BenchmarkReport("ml-1m-" + name, command, options.threads());
        report.settings().put("architecture", architecture.toString()).put("options", options.toString());
        curve = report.settings().putArray("validation_curve");
    }

    /**
     * Trains, measures and writes {@code benchmarks/results/ml-1m-ARCHITECTURE.json}.
     *
     * @param arguments DATA MODEL MINUTES [ARCHITECTURE [EPOCHS DROPOUT]]
     */
    public static void main(String[] arguments) {
        if (arguments.length < 3
                || arguments.length == 5
                || arguments.length > 6
                || (arguments.length > 3 && !ARCHITECTURES.containsKey(arguments[3]))) {
            System.err.println("usage: Ml1mBenchmark DATA MODEL MINUTES [" + String.join("|", ARCHITECTURES.keySet())
                    + " [EPOCHS DROPOUT]]");
            System.exit(2);
        }
        new Ml1mBenchmark(arguments).run();
    }

    private void run() {
        try (MultimodalRecommender trained = MultimodalRecommender.builder()
                .architecture(architecture)
                .options(options)
                .listener(this::onProgress)
                .train(split)) {
            trained.save(model);
        }
        double[] seconds = {seconds()};
        report.add("training, validation included", "s", seconds).put("limit", 3600);
        try (MultimodalRecommender served = MultimodalRecommender.load(model)) {
            measure(served, "validation, 512 users", split.validation());
            measure(served, "test, 6040 users", split.test());
        }
        System.out.println(report);
        System.out.println("written to " + report.write(Path.of("benchmarks/results")));
    }

    private void onProgress(Progress progress) {
        if (progress.stage().equals("validate")) {
            ObjectNode point = curve.addObject().put("seconds", Math.round(seconds()));
            progress.metrics().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> point.put(entry.getKey(), Math.round(entry.getValue() * 1e5) / 1e5));
            System.out.println(point);
        }
    }

    private double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }

    private void measure(MultimodalRecommender served, String part, HeldOut cases) {
        EvaluationReport result = Evaluator.builder().build().evaluate(served, cases);
        for (String metric : new String[] {"NDCG@10", "Recall@10", "Recall@1"}) {
            double[] value = {result.metric(metric)};
            report.add(part + ", " + metric, "", value);
        }
    }
}
